package dev.sluice.sandbox.trade;

/// The answer to a merchant who wants a code.
public sealed interface Issue {

    /// A code to be paid.
    record Issued(Code code) implements Issue {}

    /// Money was already paid under this number.
    record AlreadyPaid() implements Issue {}

    /// The trade of this number is closed.
    record Closed() implements Issue {}

    /// The number is taken by a trade on other terms.
    record OtherTerms() implements Issue {}

    /// The sandbox remembers as many codes as it may.
    record Full() implements Issue {}
}
