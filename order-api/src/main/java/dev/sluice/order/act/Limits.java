package dev.sluice.order.act;

/// The bounds of this package, each with its name.
final class Limits {
    /// Characters of the reason that an operator gives.
    static final int REASON_LENGTH = 500;

    private Limits() {}
}
