package dev.sluice.log.history;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// How long a broker may take to report where partitions begin and end.
    static final Duration OFFSETS_WITHIN = Duration.ofSeconds(10);
    /// A reading that gets no record for so long fails.
    static final Duration RECORDS_WITHIN = Duration.ofSeconds(30);
    /// How long one poll waits for records.
    static final Duration POLL_WITHIN = Duration.ofMillis(250);
    /// How long closing a consumer may take. It has no group that it would have to leave.
    static final Duration CLOSE_WITHIN = Duration.ZERO;
    /// The most records of one poll, and the bytes of one partition's part of it and of all of it.
    static final int RECORDS_PER_POLL = 5_000;
    static final int BYTES_PER_PARTITION = 4 * 1024 * 1024;
    static final int BYTES_PER_POLL = 32 * 1024 * 1024;
    /// A partition that is so many bytes ahead of the others waits for them.
    static final long BYTES_AHEAD = 8L * 1024 * 1024;

    private Limits() {}
}
