package dev.sluice.log.copy;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Records that are read together.
    static final int RECORDS_AT_A_TIME = 5_000;
    /// What is sent to a partition in one request at most, and how long a record waits for others.
    static final int BATCH_BYTES = 512 * 1024;
    static final Duration LINGER = Duration.ofMillis(20);
    /// How long a cluster may take to name itself.
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private Limits() {}
}
