package dev.sluice.order;

import java.time.Clock;
import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// How long the moves of an order are kept for pages that were away; the order itself is kept for ever.
    static final Duration PROGRESS_KEPT = Duration.ofDays(1);
    /// Connections to PostgreSQL of the two views and of the pages' LISTEN, one more to spare.
    static final int LISTENER_CONNECTIONS = 4;
    /// Orders of one user that their history reaches back to.
    static final int HISTORY_ORDERS = 10_000;
    /// Bytes of one notification; PostgreSQL takes fewer than 8,000.
    static final int PAYLOAD_BYTES = 7_900;

    /// How long a move may wait for others to be notified together.
    static final long NOTIFY_EVERY_MILLIS = 100;

    /// Moves that wait to be notified while the database is away.
    static final int MOVES_TO_NOTIFY = 10_000;

    private Limits() {}

    static String progressKeptSince(Clock clock) {
        return clock.instant().minus(PROGRESS_KEPT).toString();
    }
}
