package dev.sluice.order.redrive;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// The most dead letters of one page.
    static final int DEAD_LETTERS_SHOWN = 100;
    /// Characters of a cause that are shown.
    static final int CAUSE_SHOWN = 500;
    /// How long reading them may take.
    static final Duration DEAD_LETTERS_READ_WITHIN = Duration.ofSeconds(5);
    /// How long one question to the broker may wait for records.
    static final Duration POLL_WITHIN = Duration.ofMillis(200);

    private Limits() {}
}
