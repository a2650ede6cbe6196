package dev.sluice.log.rebuild;

import java.time.Duration;

/// What share of the time a rebuild works; the rest it leaves to live traffic.
///
/// @param percent from 1 to 100
public record Pace(int percent) {
    /// Without rest.
    public static final Pace FULL = new Pace(100);

    /// @throws IllegalArgumentException when it is no share of the time
    public Pace {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("a pace is from 1 to 100 percent");
        }
    }

    void rest(long workedNanos) {
        try {
            Thread.sleep(Duration.ofNanos(workedNanos / percent * (100 - percent)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
