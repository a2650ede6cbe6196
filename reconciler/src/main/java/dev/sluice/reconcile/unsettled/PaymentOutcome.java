package dev.sluice.reconcile.unsettled;

import dev.sluice.event.PaymentHeld;

/// What the ledger decided about a confirmed payment, as far as it matters to the payment's order. Of several, the later one here counts.
public enum PaymentOutcome {
    /// It has had none yet.
    NONE,
    /// The payment is not this order's: what the order's own provider knows is still to be queried.
    SETTLES_NOTHING,
    /// Nothing more is to be queried.
    SETTLES_ORDER;

    public static PaymentOutcome of(PaymentHeld held) {
        return switch (held.reason()) {
            case TRANSACTION_REUSED, PROVIDER_MISMATCH -> SETTLES_NOTHING;
            case AMOUNT_MISMATCH, UNKNOWN_ORDER, DUPLICATE_PAYMENT, LATE_PAYMENT, PARTLY_REFUNDED, BALANCE_LIMIT -> SETTLES_ORDER;
        };
    }

    PaymentOutcome and(PaymentOutcome other) {
        return compareTo(other) < 0 ? other : this;
    }
}
