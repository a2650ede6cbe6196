package dev.sluice.log.follow;

import java.time.Instant;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// How far a view has come in a partition that it was assigned. The follower's thread changes it; metrics read it.
final class FollowedPartition {
    private static final long NOWHERE = -1;

    private final TopicPartition id;
    private final LogEnd logEnd = new LogEnd();
    private long from = NOWHERE;
    private long endWhenAssigned;
    private CaughtUp caughtUp = CaughtUp.NO;
    private long setAsideUpTo = NOWHERE;
    private volatile @Nullable Halt halt;
    private @Nullable Instant tryAgainAt;

    /// The record that a view cannot get past.
    ///
    /// @param offset the place of the record, or the position where no record is to blame
    /// @param why    the cause, for the operator
    record Halt(long offset, PauseReason reason, String why) {}

    /// How much of what the partition held when it was assigned is booked.
    private enum CaughtUp {
        NO, UP_TO_THE_HALT, YES
    }

    FollowedPartition(TopicPartition id) {
        this.id = id;
    }

    TopicPartition id() {
        return id;
    }

    LogEnd logEnd() {
        return logEnd;
    }

    /// Where reading continues; everything before it was booked, or was requested again.
    long from() {
        return from;
    }

    /// Begins to read.
    ///
    /// @param end where the partition ends now
    /// @return whether reading begins anew; otherwise it only tries again to get past the record that it was paused at
    boolean start(long at, long end) {
        Halt known = halt;
        boolean triesAgain = from == at && known != null && known.reason().isOfRecord();
        from = at;
        endWhenAssigned = end;
        tryAgainAt = null;
        logEnd.forget();
        if (!triesAgain) {
            caughtUp = CaughtUp.NO;
        }
        if (known != null && !known.reason().isOfRecord()) {
            halt = null;
        }
        return !triesAgain;
    }

    /// It is not known where to read.
    void lose(Instant tryAgainAt) {
        from = NOWHERE;
        this.tryAgainAt = tryAgainAt;
    }

    /// Booked up to here.
    ///
    /// @return whether reading begins anew: it is past the record that it caught up to only
    boolean book(long end) {
        from = Math.max(from, end);
        Halt known = halt;
        if (known == null || end <= known.offset()) {
            return false;
        }
        halt = null;
        boolean anew = caughtUp == CaughtUp.UP_TO_THE_HALT;
        if (anew) {
            caughtUp = CaughtUp.NO;
        }
        return anew;
    }

    /// What was read comes again.
    void goBack(long offset) {
        from = Math.min(from, offset);
    }

    /// Reads no further until then.
    ///
    /// @return whether that is news
    boolean pause(Halt at, Instant tryAgainAt) {
        boolean news = !at.equals(halt);
        halt = at;
        this.tryAgainAt = tryAgainAt;
        return news;
    }

    /// An operator has refused records set aside up to this offset.
    void setAsideUpTo(@Nullable Long offset) {
        setAsideUpTo = offset == null ? NOWHERE : offset;
    }

    boolean setsAside(long offset) {
        return offset <= setAsideUpTo;
    }

    boolean reads() {
        return tryAgainAt == null;
    }

    boolean due(Instant now) {
        return tryAgainAt != null && !now.isBefore(tryAgainAt);
    }

    /// Whether it has just read what it held when it was assigned, or as much of it as can be read: up to the record that it is paused at.
    /// Where that record contradicts the view, what was decided before it may be wrong, too, so it does not count as read.
    boolean catchesUp() {
        return reads() ? caughtUp != CaughtUp.YES && from >= endWhenAssigned : caughtUp == CaughtUp.NO && isAtARecord();
    }

    private boolean isAtARecord() {
        Halt known = halt;
        return from != NOWHERE && known != null && known.reason().isOfRecord() && known.reason() != PauseReason.CONTRADICTS_LOG;
    }

    void caughtUp() {
        caughtUp = reads() ? CaughtUp.YES : CaughtUp.UP_TO_THE_HALT;
    }

    /// Why it does not get on, also while it is tried again.
    @Nullable
    PauseReason paused() {
        Halt known = halt;
        return known == null ? null : known.reason();
    }

    /// What was seen of the end of a partition whose position is beyond it. Right after its leader changed, a partition may seem to end earlier
    /// than it does, so one look is not believed; a broker that refuses the position is.
    static final class LogEnd {
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
}
