package dev.sluice.order.refund;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// How long a request waits for the ledger's outcome; after that it shows the refund as it is.
    static final Duration OUTCOME_READ_WITHIN = Duration.ofSeconds(5);
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /// Refunds that a list shows.
    static final int SHOWN = 200;

    private Limits() {}
}
