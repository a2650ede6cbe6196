package dev.sluice.log.rebuild;

import java.time.Duration;

/// How far a rebuild is.
///
/// @param view    the view that is rebuilt
/// @param done    records that were read for it
/// @param total   records that the live view has read
/// @param elapsed since it began
public record Progress(String view, long done, long total, Duration elapsed) {
    /// Records per second.
    public long rate() {
        return done * 1000 / Math.max(1, elapsed.toMillis());
    }

    /// How long the rest takes at this rate.
    public Duration left() {
        return Duration.ofSeconds(Math.max(0, total - done) / Math.max(1, rate()));
    }
}
