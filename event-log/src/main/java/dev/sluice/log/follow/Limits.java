package dev.sluice.log.follow;

import java.time.Duration;

/// What a follower does at most, and how long it waits.
final class Limits {
    /// Between two tries while a database or a broker is away.
    static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    /// A paused partition is tried again after so long, so that a pause ends soon after its cause.
    static final Duration PAUSED_FOR = Duration.ofSeconds(10);
    /// Between two looks at the positions of partitions that bring no records: a database that went back in time shows there.
    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    /// A poll that brings nothing takes so long.
    static final Duration POLL_WITHIN = Duration.ofMillis(250);
    /// How long a broker may take to report where its log begins and ends.
    static final Duration OFFSETS_WITHIN = Duration.ofSeconds(5);
    /// A log that seems to end before a position is looked at for so long before that is believed: after a change of leader it may seem so.
    static final Duration END_SETTLES_WITHIN = Duration.ofSeconds(5);
    /// The most records of one transaction.
    static final int RECORDS_AT_A_TIME = 10_000;
    /// So many records of one kind refused in a row are not the records' fault.
    static final int REFUSED_IN_A_ROW = 5;
    /// Nor is more than one in so many ...
    static final int REFUSED_ONE_IN = 10;
    /// ... when it is more than so many,
    static final int REFUSED_FEW = 2;
    /// nor are more than so many within [#REFUSED_WITHIN].
    static final int REFUSED_AT_MOST = 20;
    static final Duration REFUSED_WITHIN = Duration.ofHours(1);

    private Limits() {}
}
