package dev.sluice.edge;

import java.time.Clock;

import io.github.bucket4j.TimeMeter;

/// Our clock, as buckets and caches read it.
record WallClock(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
        return Math.multiplyExact(clock.millis(), 1_000_000L);
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
