package dev.sluice.reconcile.pending;

import java.time.Duration;

/// The bounds of this app, each with its name.
public final class Limits {
    /// A provider's turns, of all instances together, come no closer than this; each asks about so many orders at most.
    static final Duration BETWEEN_TURNS = Duration.ofMillis(450);
    static final int ORDERS_PER_TURN = 50;
    /// Orders of one provider that one instance queries at a time: a provider that hangs holds up no other.
    public static final int ASKING_AT_ONCE = 64;
    /// Of the orders that are due, those that have waited longest and share a turn: one of each user, then a second of each.
    static final int DUE_SHARING_A_TURN = 1_000;
    /// Questions that the open pages of one user cause in a day (UTC). Beyond them the orders of the user are queried as without a page.
    static final int WATCHED_QUESTIONS_PER_DAY = 600;
    /// How long an order stays claimed: longer than a query and a close request may take.
    static final Duration CLAIM = Duration.ofSeconds(40);
    /// Facts of this age come from the past, and the order's outcome may follow further on in the log. A query all the same returns what is
    /// known already.
    public static final Duration HISTORY = Duration.ofMinutes(1);
    public static final Duration WAIT_FOR_HISTORY = Duration.ofSeconds(30);
    /// Between looks at what is due, and between measurements.
    static final long TICK_MILLIS = 500;
    public static final long MEASURE_EVERY_MILLIS = 5_000;
    /// A time that another instance wrote and that lies further ahead is a clock that went wrong.
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    /// Added to the life of an order or code before it counts as dead: clocks differ, and a request may be under way.
    static final Duration MARGIN = Duration.ofMinutes(5);
    /// After unusable answers: twice as long each time, up to the first bound, or to the second while a page is open.
    static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    static final Duration LONGEST_RETRY_WATCHED = Duration.ofSeconds(10);
    /// Long after an order's time, when the provider does not let it be closed.
    static final Duration LONGEST_RETRY_OVERDUE = Duration.ofMinutes(30);
    /// After a fact that ends the order was appended, and the view has not read it yet: twice as long each time, from [#CLAIM] on.
    static final Duration LONGEST_WAIT_FOR_THE_VIEW = Duration.ofMinutes(30);
    /// When a confirmed payment has no outcome after this time, its order counts as overdue.
    static final Duration OUTCOME_WITHIN = Duration.ofHours(1);
    /// So often the wait is doubled at most.
    static final int DOUBLINGS = 10;
    /// Characters of an answer by which it is compared with the next.
    static final int KNOWN_OF_AN_ANSWER = 200;
    /// The longest that an open page is believed without being renewed.
    static final Duration WATCH_BELIEVED = Duration.ofMinutes(1);
    /// No code of any provider lives so long after its order's time. An order that is still pending then is overdue.
    static final Duration NO_CODE_LIVES = Duration.ofDays(1);
    static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private Limits() {}
}
