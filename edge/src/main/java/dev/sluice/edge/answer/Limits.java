package dev.sluice.edge.answer;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// The `Retry-After` of a 503.
    static final Duration RETRY_AFTER_OUTAGE = Duration.ofSeconds(3);
    /// Characters of an unknown field's name that an answer repeats.
    static final int NAMED_FIELD_LENGTH = 40;

    private Limits() {}
}
