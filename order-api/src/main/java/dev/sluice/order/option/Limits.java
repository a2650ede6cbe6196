package dev.sluice.order.option;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Runs of the doctor at a time.
    static final int EXAMINATIONS_AT_ONCE = 2;
    /// A change has been read back by then; otherwise the operator gets a 503 and may retry.
    static final Duration READ_BACK_WITHIN = Duration.ofSeconds(3);

    private Limits() {}
}
