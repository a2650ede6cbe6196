package dev.sluice.log.follow;

import java.time.Instant;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// How far a view has come in a partition that it was assigned. The follower's thread changes it; metrics read it.
final class FollowedPartition {
    private static final long NOWHERE = -1;

    private final TopicPartition id;
    private long from = NOWHERE;
    private long endWhenAssigned;
    private boolean caughtUp;
    private volatile @Nullable Halt halt;
    private @Nullable Instant tryAgainAt;

    /// The record that a view cannot get past.
    ///
    /// @param offset the place of the record, or the position where no record is to blame
    /// @param why    the cause, for the operator
    record Halt(long offset, PauseReason reason, String why) {}

    FollowedPartition(TopicPartition id) {
        this.id = id;
    }

    TopicPartition id() {
        return id;
    }

    /// Where reading continues; everything before it was booked, or was requested again.
    long from() {
        return from;
    }

    /// Begins to read.
    ///
    /// @param end where the partition ends now
    void start(long at, long end) {
        from = at;
        endWhenAssigned = end;
        caughtUp = false;
        tryAgainAt = null;
        Halt known = halt;
        if (known != null && !known.reason().isOfRecord()) {
            halt = null;
        }
    }

    /// It is not known where to read.
    void lose(Instant tryAgainAt) {
        from = NOWHERE;
        this.tryAgainAt = tryAgainAt;
    }

    /// Booked up to here.
    void book(long end) {
        from = Math.max(from, end);
        Halt known = halt;
        if (known != null && end > known.offset()) {
            halt = null;
        }
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

    boolean reads() {
        return tryAgainAt == null;
    }

    boolean due(Instant now) {
        return tryAgainAt != null && !now.isBefore(tryAgainAt);
    }

    /// Whether it has just read what it held when it was assigned.
    boolean catchesUp() {
        return reads() && !caughtUp && from >= endWhenAssigned;
    }

    void caughtUp() {
        caughtUp = true;
    }

    /// Why it does not get on, also while it is tried again.
    @Nullable
    PauseReason paused() {
        Halt known = halt;
        return known == null ? null : known.reason();
    }
}
