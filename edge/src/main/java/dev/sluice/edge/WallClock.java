package dev.sluice.edge;

import java.time.Clock;

import io.github.bucket4j.TimeMeter;

/// Our clock, as whoever counts by the time reads it.
public record WallClock(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
        return Math.multiplyExact(clock.millis(), 1_000_000L);
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
