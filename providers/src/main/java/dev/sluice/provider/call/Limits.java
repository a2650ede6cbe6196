package dev.sluice.provider.call;

/// The bounds of calls, each with its name.
final class Limits {
    /// Answers have 1 to 4 KiB.
    static final int ANSWER_BYTES = 64 * 1024;

    private Limits() {}
}
