package dev.sluice.standalone;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that goes on as the real one does, and can be put forward.
final class MovableClock extends Clock {
    private static final Clock REAL = Clock.systemUTC();
    private final AtomicReference<Duration> ahead;

    /// @param ahead of the real clock
    MovableClock(Duration ahead) {
        this.ahead = new AtomicReference<>(ahead);
    }

    void forward(Duration by) {
        ahead.accumulateAndGet(by, Duration::plus);
    }

    @Override
    public Instant instant() {
        return REAL.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nobody here needs a zone");
    }
}
