package dev.sluice.log.database;

import java.time.Duration;

/// The bounds of the check.
final class Limits {
    /// Connection, login and each statement.
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    /// Connections that are held open beside the first one. A pool that is in use hands out sessions by chance, so one is not enough.
    static final int CONNECTIONS_BESIDE = 5;
    /// The oldest release series that is still maintained, and the oldest that the tests run on.
    static final int OLDEST_VERSION = 15;

    private Limits() {}
}
