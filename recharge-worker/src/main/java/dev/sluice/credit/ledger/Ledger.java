package dev.sluice.credit.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.sluice.credit.ledger.LedgerBatch.PaymentArrival;
import dev.sluice.credit.ledger.Publications.OutcomeKey;
import dev.sluice.credit.refund.Refunds;
import dev.sluice.credit.transfer.Account;
import dev.sluice.credit.transfer.PaymentKey;
import dev.sluice.credit.transfer.Transfer;
import dev.sluice.credit.transfer.Transfers;
import dev.sluice.event.HoldReason;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;

/// Books a batch in one transaction. It may be given the same facts any number of times, in any company: it books each once. What it
/// decided is an outcome that belongs into the log; the ledger knows which outcomes the log has, because it reads them there.
@Component
public class Ledger {
    private final LedgerStatements tables;
    private final Payments payments;
    private final Transfers transfers;
    private final HoldResolutions resolutions;
    private final Publications publications;
    private final Refunds refunds;

    Ledger(LedgerStatements tables, Payments payments, Transfers transfers, HoldResolutions resolutions, Publications publications,
            Refunds refunds) {
        this.tables = tables;
        this.payments = payments;
        this.transfers = transfers;
        this.resolutions = resolutions;
        this.publications = publications;
        this.refunds = refunds;
    }

    /// A ledger on connections that Spring does not manage, as a rebuild has them: each booking needs a transaction around it.
    public static Ledger on(JdbcClient jdbc) {
        Transfers transfers = new Transfers(jdbc);
        return new Ledger(new LedgerStatements(jdbc), new Payments(jdbc), transfers, new HoldResolutions(jdbc), new Publications(jdbc),
                new Refunds(jdbc, transfers));
    }

    /// Books all of it or nothing, in the transaction that there is.
    ///
    /// @return what was decided just now, payments first
    /// @throws View.Contradiction when an outcome in the log is not what this ledger decided
    @Transactional
    public List<Outcome> book(List<LogRecord> records) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Round round : Round.of(records)) {
            Set<TradeNumber> refunded = round.refunds().stream().map(record -> record.event().orElseThrow().tradeNumber())
                    .collect(Collectors.toSet());
            outcomes.addAll(bookPayments(round.payments(), refunds.accounts(refunded)));
            if (!refunded.isEmpty()) {
                refunds.book(round.refunds()).stream().map(Outcome.OfRefund::new).forEach(outcomes::add);
            }
        }
        return outcomes;
    }

    /// @param refunded accounts that the refunds of the round may change
    private List<Outcome> bookPayments(List<LogRecord> records, Set<Account> refunded) {
        LedgerBatch batch = LedgerBatch.of(records);
        tables.insertExpected(batch.created());
        Payments.Fresh fresh = payments.insert(batch.arrivals().values(), batch.heldFor(HoldReason.TRANSACTION_REUSED));
        List<PaymentArrival> arrivals = batch.arrivals().values().stream().filter(arrival -> fresh.all().contains(arrival.key())).toList();
        // A payment that came just now cannot have been decided about before it came.
        List<ResolutionAct> timely = batch.decisions().stream()
                .filter(decision -> !decision.early() || !fresh.all().contains(decision.payment())).toList();
        Map<PaymentKey, HoldReason> heldByTheLog = new HashMap<>(fresh.heldBefore());
        batch.heldFor(HoldReason.BALANCE_LIMIT).forEach(payment -> heldByTheLog.put(payment, HoldReason.BALANCE_LIMIT));
        var judge = new Judge(
                tables.promises(arrivals.stream().map(arrival -> arrival.payment().tradeNumber()).collect(Collectors.toSet())),
                fresh.reused(), heldByTheLog);
        // All that may change at once, so that accounts are locked in one order.
        Map<Account, Long> balances = transfers
                .lock(Stream.of(judge.mayCredit(arrivals), released(timely), refunded.stream()).flatMap(Function.identity())
                        .collect(Collectors.toSet()));

        List<Outcome> outcomes = new ArrayList<>();
        Map<Account, Long> moving = new HashMap<>(balances);
        List<Transfer> moves = judge(arrivals, judge, moving, outcomes);
        moves.addAll(resolve(timely, moving, outcomes));
        batch.decisions().stream().filter(decision -> !timely.contains(decision)).map(ResolutionAct::act).map(Outcome.Ignored::new)
                .forEach(outcomes::add);
        transfers.move(moves, balances);
        tables.closeExpected(batch.closed());
        Set<OutcomeKey> contradicted = publications.found(batch.credits(), batch.holds());
        if (!contradicted.isEmpty()) {
            throw new View.Contradiction(records.stream()
                    .filter(record -> record.event().flatMap(OutcomeKey::of).filter(contradicted::contains).isPresent()).toList());
        }
        return outcomes;
    }

    private static Stream<Account> released(List<ResolutionAct> decisions) {
        return decisions.stream().map(decision -> decision.act().resolution())
                .flatMap(resolution -> resolution instanceof Resolution.Credit(var user, _) ? Stream.of(Account.of(user)) : Stream.empty());
    }

    private List<Transfer> judge(List<PaymentArrival> arrivals, Judge judge, Map<Account, Long> balances, List<Outcome> outcomes) {
        List<Transfer> credits = new ArrayList<>();
        Map<PaymentKey, Judgement.Hold> held = new HashMap<>();
        for (PaymentArrival arrival : arrivals) {
            PaymentConfirmed payment = arrival.payment();
            switch (judge.judge(arrival, balances)) {
                case Judgement.Credit(var user, var quota, var late) -> {
                    credits.add(Transfer.ofOrder(payment.tradeNumber(), user, quota, late, arrival.at()));
                    outcomes.add(new Outcome.Credited(payment, user, quota, late));
                }
                case Judgement.Hold hold -> {
                    held.put(arrival.key(), hold);
                    outcomes.add(new Outcome.Held(payment, hold.reason()));
                }
            }
        }
        payments.hold(held);
        return credits;
    }

    /// @param balances of the accounts, moved by what counts
    private List<Transfer> resolve(List<ResolutionAct> timely, Map<Account, Long> balances, List<Outcome> outcomes) {
        Map<Integer, HoldReason> counting = resolutions.resolve(timely);
        Set<Integer> known = counting.size() == timely.size() ? Set.of() : resolutions.known(timely);
        List<Transfer> releases = new ArrayList<>();
        List<ResolutionAct> tooMuch = new ArrayList<>();
        List<ResolutionAct> others = new ArrayList<>();
        for (int place = 0; place < timely.size(); place++) {
            ResolutionAct decision = timely.get(place);
            HoldReason held = counting.get(place);
            if (held != null && !take(decision, balances)) {
                tooMuch.add(decision);
                outcomes.add(new Outcome.Ignored(decision.act()));
            } else if (held != null) {
                release(decision, held).ifPresent(releases::add);
                outcomes.add(new Outcome.Resolved(decision.act()));
            } else if (tooMuch.stream().anyMatch(ignored -> ignored.payment().equals(decision.payment()))) {
                others.add(decision);
            } else if (!known.contains(place)) {
                outcomes.add(new Outcome.Ignored(decision.act()));
            }
        }
        if (!tooMuch.isEmpty()) {
            resolutions.reopen(tooMuch);
            releases.addAll(resolve(others, balances, outcomes));
        }
        return releases;
    }

    /// @return whether the account can take what the decision releases; then it has it
    private static boolean take(ResolutionAct decision, Map<Account, Long> balances) {
        return switch (decision.act().resolution()) {
            case Resolution.Credit(var user, var quota) -> {
                long balance = balances.getOrDefault(Account.of(user), 0L);
                boolean takes = quota.units() <= Long.MAX_VALUE - balance;
                if (takes) {
                    balances.put(Account.of(user), balance + quota.units());
                }
                yield takes;
            }
            case Resolution.Refund() -> true;
        };
    }

    private static Optional<Transfer> release(ResolutionAct decision, HoldReason held) {
        return switch (decision.act().resolution()) {
            case Resolution.Credit(var user, var quota) -> Optional.of(Transfer.ofRelease(decision.act().tradeNumber(), decision.payment(),
                    user, quota, held == HoldReason.LATE_PAYMENT, decision.at()));
            case Resolution.Refund() -> Optional.empty();
        };
    }

    /// An outcome that the ledger has not read in the log.
    ///
    /// @param fact      the same, with the same id, however often it is asked for
    /// @param partition of `sluice.events`, where it belongs
    public record Unpublished(TopUpEvent fact, int partition) {}

    /// The unpublished outcomes of those partitions.
    public List<Unpublished> unpublished(Set<Integer> partitions) {
        Publications.Missing missing = publications.missing(partitions);
        Stream<Unpublished> ofRefunds = missing.ofRefunds()
                ? refunds.missing(partitions).stream().map(each -> new Unpublished(each.fact(), each.partition()))
                : Stream.empty();
        return Stream.concat(missing.outcomes().stream(), ofRefunds).toList();
    }
}
