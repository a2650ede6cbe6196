package dev.sluice.sandbox.trade;

/// Where a trade stands.
public enum TradeStatus {
    UNPAID,
    /// Money has moved, perhaps after a closure that was one in words only.
    PAID,
    /// Unpaid, and to remain so.
    CLOSED
}
