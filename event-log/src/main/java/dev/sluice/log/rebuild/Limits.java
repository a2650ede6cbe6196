package dev.sluice.log.rebuild;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Records of one transaction of a rebuild.
    static final int RECORDS_AT_A_TIME = 20_000;
    /// Between two reports of the progress.
    static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);
    /// How long the swap waits for the live tables, before it lets others pass and tries again: less than PostgreSQL waits before it looks
    /// for a deadlock.
    static final Duration LOCK_WITHIN = Duration.ofMillis(500);
    static final Duration BETWEEN_LOCKS = Duration.ofMillis(250);
    static final int LOCK_ATTEMPTS = 60;
    /// Records that the shadow may be behind when the live tables are locked: what is left is applied while the live view waits.
    static final long BEHIND_AT_SWAP = 2_000;
    /// Rounds of following the live view until it is so near.
    static final int ROUNDS_TO_SWAP = 50;
    /// Rows that one side of a comparison fetches at a time.
    static final int ROWS_FETCHED = 2_000;
    /// Characters of a value that a difference shows.
    static final int SHOWN_OF_A_VALUE = 200;

    private Limits() {}
}
