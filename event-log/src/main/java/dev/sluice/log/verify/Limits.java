package dev.sluice.log.verify;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Records that are read together.
    static final int RECORDS_AT_A_TIME = 10_000;
    /// A partition with more records is walked several times, each time for a part of its orders, so that their state fits into memory.
    static final long RECORDS_PER_WALK = 600_000;
    /// A payment may be without an outcome for so long before the log's newest record.
    static final Duration OUTCOME_WITHIN = Duration.ofMinutes(10);
    /// The violations that are listed; the others are counted.
    static final int VIOLATIONS_LISTED = 20;

    private Limits() {}
}
