package dev.sluice.order;

import java.time.Duration;
import java.time.Instant;

import dev.sluice.event.Topic;

/// The bounds of this app, each with its name.
final class Limits {
    /// New orders of one user within [#ORDER_WINDOW].
    static final int ORDERS_PER_WINDOW = 20;
    static final Duration ORDER_WINDOW = Duration.ofMinutes(20);
    /// Orders of one user that could be paid right now.
    static final int UNPAID_ORDERS = 5;
    /// Requests of one user, and from one address, a minute: a person clicks less, and behind an address there may be many persons.
    static final long REQUESTS_OF_A_USER = 120;
    static final long REQUESTS_OF_AN_ADDRESS = 1_200;
    /// All requests to one instance, reading ones too, of one user and from one address, a minute: a page asks once a second at most, and
    /// somebody may have some of them open.
    static final long CALLS_OF_A_USER = 600;
    static final long CALLS_OF_AN_ADDRESS = 12_000;
    /// Users and addresses whose calls one instance counts.
    static final int CALLERS = 20_000;
    /// How long counting a request may take.
    static final Duration COUNT_WITHIN = Duration.ofSeconds(3);
    /// Counts are forgotten so long after they say nothing any more.
    static final Duration FORGET_REQUESTS_AFTER = Duration.ofSeconds(10);
    /// Rows that are deleted at a time, and how often one after the other.
    static final int FORGOTTEN_AT_ONCE = 1_000;
    static final int FORGETTING_ROUNDS = 100;
    /// Users and addresses of which one instance remembers that they were just refused.
    static final int REFUSED_LATELY = 10_000;
    /// The largest whole number that JavaScript keeps exactly: what a front end cannot say, nobody meant.
    static final long LARGEST_AMOUNT = 1L << 53;
    /// WeChat Pay's `total_fee` is an Int.
    static final long MOST_FEN = Integer.MAX_VALUE;
    static final int IDEMPOTENCY_KEY_LENGTH = 128;
    static final int PAGE_SIZE = 100;
    static final int KEYWORD_LENGTH = 64;
    /// Times that can be asked for.
    static final Instant EARLIEST = Instant.EPOCH;
    static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");
    /// Orders that may begin with the text that an operator looks for.
    static final int ORDERS_OF_A_TEXT = 2_000;
    static final int REASON_LENGTH = 500;
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
    static final int OPEN_HOLDS_SHOWN = 500;
    static final int SHOWN_OF_A_BODY = 4_096;
    /// How long one attempt at a code may take, more than the log's and the provider's time-outs together; nobody else asks for the same order meanwhile.
    static final Duration ATTEMPT_WITHIN = Duration.ofSeconds(16);
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /// Calls to one provider at a time; one more is told to try again, so that a slow provider cannot use up everything.
    static final int CALLS_PER_PROVIDER = 32;
    /// The doctor: how long a check may take, and how long a probe may be on its way (providers wait as long for an answer).
    static final Duration EXAMINED_WITHIN = Duration.ofSeconds(12);
    static final int EXAMINATIONS_AT_ONCE = 2;
    static final Duration PROBED_WITHIN = Duration.ofSeconds(5);
    /// Of whatever answers a probe, and of the address that it wants to send us to.
    static final int PROBE_ANSWER_BYTES = 4_096;
    static final int SHOWN_OF_AN_ADDRESS = 200;
    /// Our clock against the providers': from here on it is said, and from here on times on the wire are wrong.
    static final Duration CLOCK_WORTH_SAYING = Duration.ofSeconds(30);
    static final Duration CLOCK_WRONG = Duration.ofMinutes(5);
    /// Open progress streams of one instance, and of one user on it.
    static final int STREAMS = 1_500;
    static final int STREAMS_PER_USER = 10;
    static final Duration STREAM_HEARTBEAT = Duration.ofSeconds(15);
    /// A stream ends after this and the page opens it again, with a token that is still good.
    static final Duration STREAM_LIFE = Duration.ofMinutes(30);
    /// How often it is told that a page is open, and how long that is believed: one may get lost.
    static final Duration BETWEEN_WATCHES = Duration.ofSeconds(10);
    static final Duration WATCH_BELIEVED = Duration.ofSeconds(25);
    /// Orders that never got a code are told to the log once more after their time, so that they are closed even when the log was away.
    static final Duration BETWEEN_REMINDERS = Duration.ofMinutes(30);
    static final Duration REMIND_FOR = Duration.ofDays(1);
    static final int REMINDERS_AT_ONCE = 100;
    static final Duration RETRY_AFTER_OUTAGE = Duration.ofSeconds(3);
    /// What operators set has been read back here by then; else they are told to try again.
    static final Duration READ_BACK_WITHIN = Duration.ofSeconds(3);
    static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    /// WeChat Pay refuses orders that expire sooner, and no code lives longer.
    static final Duration SHORTEST_EXPIRY = Duration.ofMinutes(5);
    static final Duration LONGEST_EXPIRY = Duration.ofHours(2);

    private Limits() {}
}
