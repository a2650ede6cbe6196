package dev.sluice.order.progress;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Open progress streams of one instance, and of one user on it.
    static final int STREAMS = 1_500;
    static final int STREAMS_PER_USER = 10;
    static final Duration STREAM_HEARTBEAT = Duration.ofSeconds(15);
    /// A stream ends after this time, and the page opens it again with a token that is still valid.
    static final Duration STREAM_LIFE = Duration.ofMinutes(30);
    /// How often `OrderWatched` is appended while a page is open, and how long one is valid: one may get lost.
    static final Duration BETWEEN_WATCHES = Duration.ofSeconds(10);
    static final Duration WATCH_BELIEVED = Duration.ofSeconds(25);

    /// The wait before the next attempt to listen for changes of orders.
    static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private Limits() {}
}
