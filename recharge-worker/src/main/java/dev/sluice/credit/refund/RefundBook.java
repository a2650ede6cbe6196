package dev.sluice.credit.refund;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.sluice.credit.refund.Refund.Share;
import dev.sluice.credit.transfer.Account;
import dev.sluice.credit.transfer.PaymentKey;
import dev.sluice.credit.transfer.Transfer;
import dev.sluice.credit.transfer.Transfer.Kind;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.FoundRefundResolved;
import dev.sluice.event.RefundEvent.Funds;
import dev.sluice.event.RefundEvent.QuotaReturned;
import dev.sluice.event.RefundEvent.QuotaTaken;
import dev.sluice.event.RefundEvent.RefundApproved;
import dev.sluice.event.RefundEvent.RefundDeclined;
import dev.sluice.event.RefundEvent.RefundFailed;
import dev.sluice.event.RefundEvent.RefundFound;
import dev.sluice.event.RefundEvent.RefundRefused;
import dev.sluice.event.RefundEvent.RefundRequested;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.event.RefundEvent.Refusal;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;

/// Decides about the refunds of a batch one after the other, in the order of the log. A fact that comes again changes nothing.
final class RefundBook {
    private final Map<PaymentKey, RefundedPayment> payments;
    private final Map<RefundKey, Refund> refunds;
    private final Map<Account, Long> balances;
    private final Map<RefundKey, Refund> changed = new LinkedHashMap<>();
    private final List<Transfer> transfers = new ArrayList<>();
    private final List<RefundOutcome> outcomes = new ArrayList<>();

    /// @param refunds  all of the orders that the batch names
    /// @param balances of the accounts that the payments brought quota to
    RefundBook(Map<PaymentKey, RefundedPayment> payments, Map<RefundKey, Refund> refunds, Map<Account, Long> balances) {
        this.payments = payments;
        this.refunds = new HashMap<>(refunds);
        this.balances = new HashMap<>(balances);
    }

    void apply(RefundEvent fact, Instant at, int partition) {
        RefundKey key = RefundKey.of(fact);
        Refund known = refunds.get(key);
        switch (fact) {
            case RefundRequested request when known == null -> set(request(request, partition), at, Kind.RESERVE);
            case RefundApproved _ -> move(known, RefundState.WAITING, refund -> refund.to(RefundState.OWED), at, null);
            case RefundDeclined _ -> move(known, RefundState.WAITING, refund -> refund.to(RefundState.DECLINED), at, Kind.RETURN);
            case RefundFailed _ -> move(known, RefundState.OWED, refund -> refund.to(RefundState.FAILED), at, Kind.RETURN);
            case RefundSucceeded _ when known != null && known.state().isReserved() -> set(known.to(RefundState.SUCCEEDED), at, Kind.TAKE);
            // The money is with the payer, whatever was thought of it.
            case RefundSucceeded _ when known != null && !known.state().isMoney() -> set(known.foundAfterAll(), at, null);
            case RefundFound found when known == null -> set(Refund.found(key, found.payment(), found.money(), partition), at, null);
            case RefundFound _ when known != null && !known.state().isMoney() -> set(known.foundAfterAll(), at, null);
            case FoundRefundResolved resolved -> {
                switch (resolved.mirroring()) {
                    case TAKE_QUOTA -> move(known, RefundState.FOUND, refund -> refund.taken(share(refund)), at, Kind.MIRROR);
                    case KEEP_QUOTA -> move(known, RefundState.FOUND, refund -> refund.to(RefundState.KEPT), at, null);
                }
            }
            case RefundRequested _,RefundSucceeded _,RefundFound _,RefundReserved _,RefundRefused _,QuotaTaken _,QuotaReturned _ -> {
            }
        }
    }

    private Refund request(RefundRequested request, int partition) {
        RefundKey key = RefundKey.of(request);
        var terms = new Refund.Request(request.needsApproval(), request.reason());
        var paymentKey = new PaymentKey(request.payment().provider(), request.payment().transactionId(), request.tradeNumber());
        RefundedPayment payment = payments.get(paymentKey);
        Share share = request.funds() == Funds.HELD || payment == null ? null : payment.share(request.money(), others(paymentKey, key));
        Refusal refusal = refusal(request, paymentKey, payment, share);
        return refusal == null
                ? Refund.reserved(key, request.payment(), request.money(), share, terms, partition)
                : Refund.refused(key, request.payment(), request.money(), refusal, terms, partition);
    }

    private @Nullable Refusal refusal(RefundRequested request, PaymentKey paymentKey, @Nullable RefundedPayment payment,
            @Nullable Share share) {
        Money money = request.money();
        if (payment == null || !payment.money().currency().equals(money.currency())) {
            return Refusal.UNKNOWN_PAYMENT;
        }
        boolean isAsNamed = switch (request.funds()) {
            case CREDITED -> payment.credited() != null;
            case HELD -> payment.isToBeRefunded();
        };
        if (!isAsNamed) {
            return request.funds() == Funds.CREDITED ? Refusal.NOT_CREDITED : Refusal.NOT_HELD;
        }
        if (money.minorUnits() > payment.left(others(paymentKey, RefundKey.of(request)))) {
            return Refusal.MORE_THAN_LEFT;
        }
        return share != null && share.quota().units() > balances.getOrDefault(Account.of(share.userId()), 0L) ? Refusal.QUOTA_SPENT : null;
    }

    private @Nullable Share share(Refund refund) {
        RefundedPayment payment = payments.get(refund.paymentKey());
        Share share = payment == null ? null : payment.share(refund.money(), others(refund.paymentKey(), refund.key()));
        // More than the account has cannot be taken.
        long balance = share == null ? 0 : balances.getOrDefault(Account.of(share.userId()), 0L);
        return share == null || share.quota().units() <= balance ? share : null;
    }

    private List<Refund> others(PaymentKey payment, RefundKey but) {
        return refunds.values().stream().filter(refund -> refund.paymentKey().equals(payment) && !refund.key().equals(but)).toList();
    }

    private void move(@Nullable Refund known, RefundState from, Function<Refund, Refund> change, Instant at, @Nullable Kind transfer) {
        if (known != null && known.state() == from) {
            set(change.apply(known), at, transfer);
        }
    }

    private void set(Refund refund, Instant at, @Nullable Kind kind) {
        refunds.put(refund.key(), refund);
        changed.put(refund.key(), refund);
        outcomes.add(RefundOutcome.of(refund));
        Share share = refund.share();
        if (kind == null || share == null) {
            return;
        }
        RefundNumber number = refund.key().refundNumber();
        transfers.add(Transfer.ofRefund(kind, refund.key().tradeNumber(), number, share.userId(), share.quota(), at));
        long moved = switch (kind) {
            case RESERVE, MIRROR -> -share.quota().units();
            case RETURN -> share.quota().units();
            case TAKE, CREDIT, RELEASE -> 0;
        };
        balances.merge(Account.of(share.userId()), moved, Long::sum);
    }

    List<Refund> changed() {
        return List.copyOf(changed.values());
    }

    List<Transfer> transfers() {
        return transfers;
    }

    List<RefundOutcome> outcomes() {
        return outcomes;
    }
}
