package dev.sluice.sandbox.trade;

/// The result of a merchant's request to close a trade.
public sealed interface CloseResult {

    /// The trade, closed now and for the first time.
    record Closed(Trade trade) implements CloseResult {}

    record Unknown() implements CloseResult {}

    record AlreadyPaid() implements CloseResult {}

    /// Closed before, by the merchant or at its end.
    record AlreadyClosed() implements CloseResult {}
}
