package dev.sluice.order.pricing;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// WeChat Pay's `total_fee` is an Int.
    static final long MOST_FEN = Integer.MAX_VALUE;
    /// Calls to one provider at a time; one more is told to try again, so that a slow provider cannot use up everything.
    static final int CALLS_PER_PROVIDER = 32;
    /// WeChat Pay refuses orders that expire sooner, and no code lives longer.
    static final Duration SHORTEST_EXPIRY = Duration.ofMinutes(5);
    static final Duration LONGEST_EXPIRY = Duration.ofHours(2);

    private Limits() {}
}
