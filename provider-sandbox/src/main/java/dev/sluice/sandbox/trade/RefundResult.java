package dev.sluice.sandbox.trade;

/// The result of a request for a refund.
public sealed interface RefundResult {

    /// The refund, made now.
    ///
    /// @param trade with it
    record Made(Trade trade, Refund refund) implements RefundResult {}

    /// The number was used before, for the same amount.
    record Repeated(Trade trade, Refund refund) implements RefundResult {}

    /// The number was used before, for another amount.
    record OtherAmount() implements RefundResult {}

    /// More than what is left of the payment.
    record MoreThanLeft() implements RefundResult {}

    /// The trade has as many refunds as it may.
    record TooMany() implements RefundResult {}

    /// No payment of that number is known.
    record NotPaid() implements RefundResult {}
}
