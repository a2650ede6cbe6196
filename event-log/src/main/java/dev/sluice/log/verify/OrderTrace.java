package dev.sluice.log.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.Purchase;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.log.verify.Violation.Promise;

/// What the log has about one trade number, in its order.
final class OrderTrace {
    private final Findings findings;
    private final List<Payment> payments = new ArrayList<>(1);
    private @Nullable Map<TransactionId, Long> credited;
    private @Nullable RefundTrace refunds;
    private @Nullable Terms order;
    private @Nullable QuotaCredited credit;

    /// What an order promised.
    private record Terms(Paid paid, UserId user, Quota quota) {
        static Terms of(OrderCreated order) {
            return switch (order.purchase()) {
                case Purchase.TopUp(var user, var quota, _) ->
                    new Terms(new Paid(order.provider(), order.merchant(), order.money()), user, quota);
            };
        }
    }

    private record Paid(Provider provider, Merchant merchant, Money money) {}

    /// One payment, which may be confirmed several times. The evidence is not kept.
    private static final class Payment {
        private final TransactionId transaction;
        private final Paid paid;
        private final Instant at;
        private boolean credited;
        private boolean held;
        private boolean released;
        private Resolution.@Nullable Credit resolution;

        Payment(PaymentConfirmed confirmed, Instant at) {
            transaction = confirmed.transactionId();
            paid = new Paid(confirmed.provider(), confirmed.merchant(), confirmed.money());
            this.at = at;
        }

        boolean is(TransactionId other, Provider provider) {
            return transaction.equals(other) && paid.provider().equals(provider);
        }
    }

    OrderTrace(Findings findings) {
        this.findings = findings;
    }

    /// @param redriven whether the record comes from the dead letters, so that it may be late
    void apply(TopUpEvent event, Instant at, String place, boolean redriven) {
        switch (event) {
            case OrderCreated created -> {
                if (order == null && !payments.isEmpty() && !redriven) {
                    report(Promise.G6, event, place, "the order comes after its payment");
                }
                order = order == null ? Terms.of(created) : order;
            }
            case PaymentConfirmed payment -> {
                if (find(payment.transactionId(), payment.provider()).isEmpty()) {
                    payments.add(new Payment(payment, at));
                }
            }
            case QuotaCredited credit when credit.released() -> release(credit, place);
            case QuotaCredited credit -> credit(credit, place);
            case PaymentHeld held -> hold(held, place);
            case HoldResolved decision -> resolve(decision);
            case OrderClosed _,CheckRequested _,CancelRequested _ -> {
                if (order == null && !redriven) {
                    report(Promise.G6, event, place, "nothing is in the log about the order before this");
                }
            }
            case RefundEvent refund -> refunds().apply(refund, place, credited(), findings);
        }
    }

    private void report(Promise promise, TopUpEvent event, String place, String what) {
        findings.add(promise, event.tradeNumber().value(), place, what);
    }

    private Optional<Payment> find(TransactionId transaction, Provider provider) {
        return payments.stream().filter(payment -> payment.is(transaction, provider)).findFirst();
    }

    private Map<TransactionId, Long> credited() {
        if (credited == null) {
            credited = new HashMap<>(2);
        }
        return credited;
    }

    private RefundTrace refunds() {
        if (refunds == null) {
            refunds = new RefundTrace();
        }
        return refunds;
    }

    private void credit(QuotaCredited now, String place) {
        if (credit != null && credit.transferId().equals(now.transferId()) && credit.transactionId().equals(now.transactionId())) {
            return;
        }
        if (credit != null) {
            report(Promise.G1, now, place, "the order is credited a second time");
        }
        credit = now;
        Optional<Payment> payment = payments.stream().filter(each -> fits(each, now)).findFirst();
        if (payment.isEmpty()) {
            report(Promise.G2, now, place,
                    "no payment before it fits the order: provider, account, amount, currency or transaction differ");
            return;
        }
        if (payment.get().held) {
            report(Promise.G1, now, place, "a held payment is credited without a decision");
        }
        payment.get().credited = true;
        credited().put(now.transactionId(), now.quota().units());
        if (order != null && !(order.user().equals(now.userId()) && order.quota().equals(now.quota()))) {
            report(Promise.G2, now, place, "another user or another quota than the order's");
        }
    }

    private boolean fits(Payment payment, QuotaCredited credit) {
        return order != null && payment.transaction.equals(credit.transactionId()) && payment.paid.equals(order.paid());
    }

    private void hold(PaymentHeld held, String place) {
        Optional<Payment> payment = find(held.transactionId(), held.provider());
        if (payment.isEmpty()) {
            report(Promise.G2, held, place, "a payment is held that no provider confirmed before");
        } else if (payment.get().credited) {
            report(Promise.G1, held, place, "a credited payment is held");
        } else {
            payment.get().held = true;
        }
    }

    private void resolve(HoldResolved decision) {
        find(decision.transactionId(), decision.provider()).ifPresent(payment -> {
            // The first decision counts, unless the ledger could not follow it.
            if (decision.resolution() instanceof Resolution.Credit release && !payment.released) {
                payment.resolution = release;
            }
        });
    }

    private void release(QuotaCredited now, String place) {
        Payment payment = payments.stream().filter(each -> each.transaction.equals(now.transactionId()) && each.resolution != null)
                .findFirst().orElse(null);
        Resolution.Credit decided = payment == null ? null : payment.resolution;
        if (payment == null || decided == null || !decided.userId().equals(now.userId()) || !decided.quota().equals(now.quota())) {
            report(Promise.G2, now, place, "quota is released that no operator decided to release like this");
        } else {
            payment.released = true;
            credited().put(now.transactionId(), now.quota().units());
        }
    }

    /// At the end of the log.
    ///
    /// @return how many payments wait for their outcome
    int end(String tradeNumber, Instant newest) {
        int waiting = 0;
        for (Payment payment : payments) {
            if (!payment.credited && !payment.held && payment.at.isAfter(newest.minus(Limits.OUTCOME_WITHIN))) {
                waiting++;
            } else if (!payment.credited && !payment.held) {
                findings.add(Promise.G1, tradeNumber, "",
                        "the payment " + payment.transaction + " is neither credited nor held");
            }
        }
        return waiting;
    }
}
