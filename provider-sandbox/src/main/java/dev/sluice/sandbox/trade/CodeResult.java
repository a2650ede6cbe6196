package dev.sluice.sandbox.trade;

/// The result of a merchant's request for a code.
public sealed interface CodeResult {

    record Issued(Code code) implements CodeResult {}

    record AlreadyPaid() implements CodeResult {}

    record Closed() implements CodeResult {}

    /// The number belongs to a trade on other terms.
    record OtherTerms() implements CodeResult {}

    /// The sandbox keeps as many codes as it may.
    record Full() implements CodeResult {}
}
