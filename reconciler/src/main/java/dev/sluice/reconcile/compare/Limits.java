package dev.sluice.reconcile.compare;

/// The bounds of comparisons, each with its name.
final class Limits {
    /// Lines of a bill that are found in one pass.
    static final int LINES_AT_ONCE = 2_000;
    /// Differences of a day that keep the text of their line; a day with more has a fault of another kind.
    static final int LINES_OF_A_DAY = 20_000;
    /// Facts that are appended at once.
    static final int FACTS_AT_ONCE = 200;

    private Limits() {}
}
