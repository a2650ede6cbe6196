package dev.sluice.event;

/// Why money that arrived was not credited.
public enum HoldReason {
    /// Amount or currency differ from the order.
    AMOUNT_MISMATCH,
    /// We never issued the trade number.
    UNKNOWN_ORDER,
    /// The order was already credited by another payment.
    DUPLICATE_PAYMENT,
    /// Another provider or merchant than the order's received the money.
    PROVIDER_MISMATCH,
    /// It came after the order was closed, and late money is to be held.
    LATE_PAYMENT,
    /// A part of it had been refunded at the provider before it was known here.
    PARTLY_REFUNDED,
    /// The user's account cannot take so much quota.
    BALANCE_LIMIT,
    /// The provider confirmed the same transaction for another order before.
    TRANSACTION_REUSED
}
