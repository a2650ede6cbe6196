package dev.sluice.order.redrive;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Characters of a cause that are shown.
    static final int CAUSE_SHOWN = 500;

    /// How long the newest dead letters are shown without reading them again.
    static final Duration BETWEEN_READS = Duration.ofSeconds(10);

    private Limits() {}
}
