package dev.sluice.reconcile.unsettled;

import java.util.HashMap;
import java.util.Map;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

/// The outcomes of the payments that a poll's records confirm, while these are read one after another: a payment may be confirmed again
/// when it has had its one outcome, in the same poll or long before.
public final class PollOutcomes {
    private final Map<Payment, PaymentOutcome> before;
    private final Map<Decided, PaymentOutcome> since = new HashMap<>();

    /// @param before what was known before the poll
    PollOutcomes(Map<Payment, PaymentOutcome> before) {
        this.before = before;
    }

    record Payment(Provider provider, TransactionId transactionId, TradeNumber tradeNumber) {
        static Payment of(PaymentConfirmed payment) {
            return new Payment(payment.provider(), payment.transactionId(), payment.tradeNumber());
        }
    }

    /// What an outcome names: not the provider.
    record Decided(TradeNumber tradeNumber, TransactionId transactionId) {}

    /// The next fact was read.
    public void read(TopUpEvent event) {
        switch (event) {
            case QuotaCredited credited ->
                add(new Decided(credited.tradeNumber(), credited.transactionId()), PaymentOutcome.SETTLES_ORDER);
            case PaymentHeld held -> add(new Decided(held.tradeNumber(), held.transactionId()), PaymentOutcome.of(held));
            case OrderCreated _,PaymentConfirmed _,OrderClosed _,CheckRequested _,CancelRequested _,HoldResolved _,RefundEvent _ -> {
            }
        }
    }

    private void add(Decided decided, PaymentOutcome outcome) {
        since.merge(decided, outcome, PaymentOutcome::and);
    }

    /// Of the payment, as far as was read.
    public PaymentOutcome of(PaymentConfirmed payment) {
        return before.getOrDefault(Payment.of(payment), PaymentOutcome.NONE)
                .and(since.getOrDefault(new Decided(payment.tradeNumber(), payment.transactionId()), PaymentOutcome.NONE));
    }

    Map<Decided, PaymentOutcome> since() {
        return since;
    }
}
