package dev.sluice.sandbox;

import java.time.Duration;

/// How many times faster than in reality the sandbox's durations pass. Points in time are never scaled: a wall clock stays a wall clock.
///
/// @param factor above 0; 1 is reality
public record TimeScale(double factor) {

    /// The duration to really wait where a provider would wait `real`.
    public Duration shorten(Duration real) {
        return Duration.ofNanos(Math.round(real.toNanos() / factor));
    }
}
