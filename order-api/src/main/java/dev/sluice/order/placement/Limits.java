package dev.sluice.order.placement;

import java.time.Duration;

/// The bounds of this package, each with its name.
final class Limits {
    /// New orders of one user within [#ORDER_WINDOW].
    static final int ORDERS_PER_WINDOW = 20;
    static final Duration ORDER_WINDOW = Duration.ofMinutes(20);
    /// Orders of one user that could be paid right now.
    static final int UNPAID_ORDERS = 5;
    /// Orders of one user within a day for which nothing was paid: what they cost in the log and the tables stays below a megabyte.
    static final int UNPAID_PER_DAY = 50;
    /// How long one attempt at a code may take, more than the log's and the provider's time-outs together; no other attempt runs meanwhile.
    static final Duration ATTEMPT_WITHIN = Duration.ofSeconds(16);
    /// Requests that wait for the code of one order while another request asks for it; the next ones are asked to retry.
    static final int WAITERS_PER_ORDER = 2;
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /// Orders without a code are published once more after their time, so that they are closed even when the log was away.
    static final Duration BETWEEN_REMINDERS = Duration.ofMinutes(30);
    static final Duration REMIND_FOR = Duration.ofDays(1);
    static final int REMINDERS_AT_ONCE = 100;
    /// The `Retry-After` while the disk is almost full: an operator has to make room.
    static final Duration RETRY_AFTER_PAUSE = Duration.ofMinutes(1);

    /// No order can be paid for longer than this.
    static final Duration LONGEST_LIFE = Duration.ofDays(1);

    private Limits() {}
}
