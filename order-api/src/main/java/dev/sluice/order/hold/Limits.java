package dev.sluice.order.hold;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Held payments in the list; the oldest are shown.
    static final int OPEN_HOLDS_SHOWN = 500;

    /// How long a request waits until the view has read its decision in the log.
    static final Duration DECISION_READ_WITHIN = Duration.ofSeconds(5);
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private Limits() {}
}
