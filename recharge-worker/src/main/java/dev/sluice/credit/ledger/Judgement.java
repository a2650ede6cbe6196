package dev.sluice.credit.ledger;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.HoldReason;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.UserId;

/// What becomes of a payment that is seen for the first time. Nothing is credited that does not fit its order in every respect.
sealed interface Judgement {
    /// It becomes quota.
    ///
    /// @param late whether the order was closed before
    record Credit(UserId userId, Quota quota, boolean late) implements Judgement {}

    /// A person has to look.
    ///
    /// @param refunded what of it is known to be with the payer again
    record Hold(HoldReason reason, Money refunded) implements Judgement {}

    /// Judges one payment.
    ///
    /// @param expected what its order promised, or null when we never issued the trade number. Order and payment are in one
    ///                 partition, the order first, so waiting could change nothing
    /// @param credited whether another payment has already credited the order by itself. One that a person released does not count: a
    ///                 wrong amount that became quota leaves the right amount, when it comes, what it is, money that fits and is
    ///                 still owed its quota; and whatever did not fit before a release does not fit after it, so that late money is
    ///                 held as late however often it comes. Nothing is lost either way, for each payment is credited or held by itself
    static Judgement of(PaymentConfirmed payment, @Nullable ExpectedOrder expected, boolean credited) {
        if (expected == null) {
            return hold(payment, HoldReason.UNKNOWN_ORDER);
        }
        if (!payment.provider().equals(expected.provider()) || !payment.merchant().equals(expected.merchant())) {
            return hold(payment, HoldReason.PROVIDER_MISMATCH);
        }
        // An order has one payment at its own provider: when all of it was refunded, this is it.
        Money refunded = expected.refunded() ? payment.money() : payment.refunded();
        if (!payment.money().equals(expected.money())) {
            return new Hold(HoldReason.AMOUNT_MISMATCH, refunded);
        }
        if (payment.refunded().minorUnits() > 0) {
            return new Hold(HoldReason.PARTLY_REFUNDED, refunded);
        }
        if (credited) {
            return new Hold(HoldReason.DUPLICATE_PAYMENT, refunded);
        }
        LatePayment closed = expected.closed();
        return closed == LatePayment.HOLD
                ? new Hold(HoldReason.LATE_PAYMENT, refunded)
                : new Credit(expected.userId(), expected.quota(), closed != null);
    }

    /// As its confirmation has it.
    static Hold hold(PaymentConfirmed payment, HoldReason reason) {
        return new Hold(reason, payment.refunded());
    }
}
