package dev.sluice.order.hold;

/// The bounds of this package, each with its name.
final class Limits {
    /// Held payments in the list; the oldest are shown.
    static final int OPEN_HOLDS_SHOWN = 500;

    private Limits() {}
}
