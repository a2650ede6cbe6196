package dev.sluice.order.pricing;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// The `total_fee` of WeChat Pay is an Int.
    static final long MOST_FEN = Integer.MAX_VALUE;
    /// Concurrent calls to one provider. One more is refused with a retry, so a slow provider cannot use up all threads.
    static final int CALLS_PER_PROVIDER = 32;
    /// WeChat Pay refuses orders that expire within five minutes by its clock, and calls take time; no code stays valid longer.
    static final Duration SHORTEST_EXPIRY = Duration.ofMinutes(6);
    static final Duration LONGEST_EXPIRY = Duration.ofHours(2);

    /// Amounts of one request for prices.
    static final int AMOUNTS_PRICED_AT_ONCE = 20;
    /// Characters of the merchant's name: it stands in one line above the amount.
    static final int NAME_LENGTH = 32;

    private Limits() {}
}
