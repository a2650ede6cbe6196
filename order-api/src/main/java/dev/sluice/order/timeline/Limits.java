package dev.sluice.order.timeline;

import java.time.Duration;

import dev.sluice.log.Topic;

/// The bounds of this package, each with its name.
final class Limits {
    /// Rows that are deleted at a time, and how often one after the other.
    static final int FORGOTTEN_AT_ONCE = 1_000;
    static final int FORGETTING_ROUNDS = 100;
    /// Forged notices in one order's timeline, and characters of a body that it shows.
    static final int FORGERIES_OF_AN_ORDER = 50;
    /// Of all notices, of all answers, and of all tellings of one fact, an order's timeline shows so many of the first and of the last:
    /// a provider may tell without end, and while a page is open an answer comes every few seconds.
    static final int SHOWN_OF_EACH_END = 100;
    /// Notices and answers are forgotten when the log has forgotten them; forgeries about a number that is none of ours earlier: so
    /// long a rebuild has to bring its order.
    static final Duration NOTICES_KEPT = Topic.NOTIFICATIONS.retention().orElseThrow();
    static final Duration STRAYS_KEPT = Duration.ofDays(1);
    /// A notice that is read later than this is read by a rebuild, or after an outage.
    static final Duration NOTICES_LIVE = Duration.ofHours(1);
    static final int SHOWN_OF_A_BODY = 4_096;

    private Limits() {}
}
