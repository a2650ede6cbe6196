package dev.sluice.credit.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.sluice.credit.ledger.LedgerBatch.PaymentArrival;
import dev.sluice.credit.ledger.LedgerStatements.Promises;
import dev.sluice.credit.transfer.Account;
import dev.sluice.credit.transfer.PaymentKey;
import dev.sluice.event.HoldReason;
import dev.sluice.event.value.TradeNumber;

/// Judges the payments of a batch one after the other, each as if it came alone.
final class Judge {
    private final Promises promises;
    private final Set<PaymentKey> reused;
    private final Map<PaymentKey, HoldReason> heldByTheLog;
    private final Set<TradeNumber> credited;

    /// @param reused       those whose transaction belongs to another order
    /// @param heldByTheLog those that the log holds, as far as that is known before they are judged: none of them is credited
    Judge(Promises promises, Set<PaymentKey> reused, Map<PaymentKey, HoldReason> heldByTheLog) {
        this.promises = promises;
        this.reused = reused;
        this.heldByTheLog = heldByTheLog;
        credited = new HashSet<>(promises.credited());
    }

    /// The accounts that these payments may credit.
    Stream<Account> mayCredit(List<PaymentArrival> arrivals) {
        return arrivals.stream().filter(arrival -> !reused.contains(arrival.key()) && !credited.contains(arrival.payment().tradeNumber()))
                .flatMap(arrival -> Judgement.of(arrival.payment(), promise(arrival), false) instanceof Judgement.Credit credit
                        ? Stream.of(Account.of(credit.userId()))
                        : Stream.empty());
    }

    private @Nullable ExpectedOrder promise(PaymentArrival arrival) {
        return Optional.ofNullable(promises.orders().get(arrival.payment().tradeNumber()))
                .map(found -> found.closedBy(arrival.closedBefore())).orElse(null);
    }

    /// What becomes of the next payment.
    ///
    /// @param balances of the accounts, moved by this payment when it is credited
    Judgement judge(PaymentArrival arrival, Map<Account, Long> balances) {
        if (reused.contains(arrival.key())) {
            return Judgement.hold(arrival.payment(), HoldReason.TRANSACTION_REUSED);
        }
        TradeNumber number = arrival.payment().tradeNumber();
        Judgement judgement = Judgement.of(arrival.payment(), promise(arrival), credited.contains(number));
        if (!(judgement instanceof Judgement.Credit(var user, var quota, _))) {
            return judgement;
        }
        long balance = balances.getOrDefault(Account.of(user), 0L);
        HoldReason held = heldByTheLog.get(arrival.key());
        if (held != null || quota.units() > Long.MAX_VALUE - balance) {
            return Judgement.hold(arrival.payment(), held == null ? HoldReason.BALANCE_LIMIT : held);
        }
        balances.put(Account.of(user), balance + quota.units());
        credited.add(number);
        return judgement;
    }
}
