package dev.sluice.order.timeline;

import java.time.Duration;

import dev.sluice.log.Topic;

/// The bounds of this package, each with its name.
final class Limits {
    /// Rows of one delete statement, and statements of one run.
    static final int FORGOTTEN_AT_ONCE = 1_000;
    static final int FORGETTING_ROUNDS = 100;
    /// Forged notifications in one order's timeline, and characters of a body that it shows.
    static final int FORGERIES_OF_AN_ORDER = 50;
    /// Of all notifications, of all answers, and of all repetitions of one fact, a timeline shows so many of the first and of the last: a
    /// provider may repeat a notification without end, and while a page is open an answer arrives every few seconds.
    static final int SHOWN_OF_EACH_END = 100;
    /// Notifications and answers are deleted when the log has deleted them; forgeries about a number that we never issued earlier:
    /// a rebuild has that much time to reach the order.
    static final Duration NOTICES_KEPT = Topic.NOTIFICATIONS.retention().orElseThrow();
    static final Duration STRAYS_KEPT = Duration.ofDays(1);
    /// A notification that is read later than this is read by a rebuild, or after an outage.
    static final Duration NOTICES_LIVE = Duration.ofHours(1);
    /// Answers among which the newest to a query is looked for; the others are to attempts at a code.
    static final int ANSWERS_LOOKED_THROUGH = 20;
    static final int SHOWN_OF_A_BODY = 4_096;

    private Limits() {}
}
