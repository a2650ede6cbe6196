package dev.sluice.edge;

import java.time.Clock;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;

/// How often each caller may do something: a bucket of tokens for each, in the memory of this instance, and of a limited number of callers.
/// A caller that is forgotten begins anew, which is no more than a caller may who has waited for a minute.
public final class CallerBuckets {
    private static final Duration REFILLED_WITHIN = Duration.ofMinutes(1);

    private final Cache<String, Bucket> buckets;
    private final WallClock time;
    private final long tokens;
    private final Duration within;

    /// @param perMinute tokens of one caller
    /// @param callers   that are counted at a time
    public CallerBuckets(Clock clock, long perMinute, int callers) {
        this(clock, perMinute, REFILLED_WITHIN, callers);
    }

    /// @param tokens  of one caller
    /// @param within  in which so many tokens come back
    /// @param callers that are counted at a time
    public CallerBuckets(Clock clock, long tokens, Duration within, int callers) {
        this.time = new WallClock(clock);
        this.tokens = tokens;
        this.within = within;
        this.buckets = Caffeine.newBuilder().maximumSize(callers).expireAfterAccess(within).ticker(time::currentTimeNanos)
                .executor(Runnable::run).build();
    }

    /// The bucket of one caller.
    ///
    /// @param caller a user's id, or what [TrustedProxies#countedAs] makes of an address
    public Bucket of(String caller) {
        return buckets.get(caller, _ -> bucket(time, tokens, within));
    }

    /// A bucket that all callers share.
    public static Bucket ofAll(Clock clock, long perMinute) {
        return ofAll(clock, perMinute, REFILLED_WITHIN);
    }

    /// A bucket that all callers share.
    ///
    /// @param within in which so many tokens come back
    public static Bucket ofAll(Clock clock, long tokens, Duration within) {
        return bucket(new WallClock(clock), tokens, within);
    }

    private static Bucket bucket(WallClock time, long tokens, Duration within) {
        return Bucket.builder().withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(tokens).refillGreedy(tokens, within)).build();
    }
}
