package dev.sluice.order.redrive;

/// The bounds of this package, each with its name.
final class Limits {
    /// The most dead letters of one page.
    static final int DEAD_LETTERS_SHOWN = 100;
    /// Characters of a cause that are shown.
    static final int CAUSE_SHOWN = 500;

    private Limits() {}
}
