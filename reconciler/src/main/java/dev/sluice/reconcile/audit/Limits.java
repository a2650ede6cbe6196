package dev.sluice.reconcile.audit;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// Rows that a verification reads at a time, with their values.
    static final int VERIFIED_AT_A_TIME = 500;
    /// Rows between two lines of its progress.
    static final long ROWS_BETWEEN_PROGRESS = 50_000;
    /// How long it may take.
    static final Duration VERIFIED_WITHIN = Duration.ofHours(6);
    /// Published heads that are shown.
    static final int HEADS_SHOWN = 31;
    /// Between two looks whether a day's heads are published.
    static final String LOOK_FOR_HEADS_EVERY = "PT5M";
    /// How long the topic of the books may take to show the published heads.
    static final Duration HEADS_READ_WITHIN = Duration.ofSeconds(30);
    static final Duration POLL_WITHIN = Duration.ofSeconds(1);
    static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private Limits() {}
}
