package dev.sluice.log.follow;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// What was seen of the end of a partition whose position is beyond it. Right after its leader changed, a partition may seem to end earlier
/// than it does, so one look is not believed; a broker that refuses the position is.
final class LogEnd {
    private @Nullable Instant since;
    private long lowest = Long.MAX_VALUE;
    private boolean refused;
    private @Nullable Long common;

    /// The log seems to end here, before the position.
    void see(long end, Instant now) {
        if (since == null) {
            since = now;
        }
        lowest = Math.min(lowest, end);
    }

    /// The broker does not have the offset that was to be read next.
    ///
    /// @param end how far the log is still what was read, or null when that is not known
    void refuse(@Nullable Long end) {
        refused = true;
        common = end;
    }

    /// Whether the log was cut before a position, by what the broker reported.
    boolean isCutBefore(long position) {
        return refused && (common == null || position > common);
    }

    /// Whether the log has lost records for sure.
    boolean isCertain(Instant now) {
        return refused || (since != null && !now.isBefore(since.plus(Limits.END_SETTLES_WITHIN)));
    }

    /// How much of the log may still be what was read before a position, at most.
    long before(long position) {
        return Math.min(common == null ? lowest : Math.min(lowest, common), position - 1);
    }

    /// The position is within the log.
    void forget() {
        since = null;
        lowest = Long.MAX_VALUE;
        refused = false;
        common = null;
    }
}
