package dev.sluice.sandbox.trade;

/// The answer to a merchant who wants a trade closed.
public sealed interface Closing {

    /// The trade, closed now and for the first time.
    record Closed(Trade trade) implements Closing {}

    /// There is no such trade.
    record Unknown() implements Closing {}

    /// Money was already paid under this number.
    record AlreadyPaid() implements Closing {}

    /// Closed before, by the merchant or by its end.
    record AlreadyClosed() implements Closing {}
}
