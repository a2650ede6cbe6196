package dev.sluice.log.letter;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// How long reading the dead letters may take.
    static final Duration DEAD_LETTERS_WITHIN = Duration.ofSeconds(10);
    /// How long a broker may take to report where the topic begins and ends.
    static final Duration OFFSETS_WITHIN = Duration.ofSeconds(5);
    /// How long closing a consumer may take. It has no group that it would have to leave.
    static final Duration CLOSE_WITHIN = Duration.ZERO;
    /// How long one poll may wait for records.
    static final Duration POLL_WITHIN = Duration.ofMillis(250);
    /// The topic is not read again for one question more within this time.
    static final Duration BETWEEN_READS = Duration.ofSeconds(1);
    /// So many dead letters are remembered, so that none of them is written again; of more, the oldest are forgotten.
    static final int DEAD_LETTERS_REMEMBERED = 100_000;

    /// The most dead letters of one page.
    static final int DEAD_LETTERS_SHOWN = 100;

    private Limits() {}
}
