package dev.sluice.sandbox.trade;

/// Status of a trade.
public enum TradeStatus {
    UNPAID,
    /// Paid, perhaps after a closure that left it payable.
    PAID,
    /// Closed without a payment.
    CLOSED
}
