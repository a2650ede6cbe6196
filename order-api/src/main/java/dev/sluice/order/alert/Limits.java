package dev.sluice.order.alert;

import java.time.Duration;

/// The bounds of this package, each with its name: those of `docs/monitoring/alerts.yml`.
final class Limits {
    /// How long confirmed money may wait for its credit.
    static final Duration MONEY_WAITS = Duration.ofMinutes(1);
    /// How long alerts about single events fire.
    static final Duration EVENT_FIRES = Duration.ofMinutes(15);
    /// How long a held payment may wait for a decision.
    static final Duration HOLD_OPEN = Duration.ofDays(1);
    /// How long after its expiry an order may stay open.
    static final Duration ORDER_OPEN = Duration.ofDays(1);
    /// How long after its payment an order may have no outcome.
    static final Duration PAYMENT_WITHOUT_OUTCOME = Duration.ofHours(1);
    /// How long an order may wait for its code before that shows.
    static final Duration WITHOUT_CODE = Duration.ofMinutes(1);
    /// How long a dead letter that was not appended again fires.
    static final Duration LETTER_FIRES = Duration.ofDays(1);
    /// Records that a view may have left to read.
    static final long VIEW_LAG = 1_000;
    /// The disk is worth an alert below so many times the reserve.
    static final long RESERVES_OF_DISK = 5;

    private Limits() {}
}
