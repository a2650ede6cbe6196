package dev.sluice.reconcile.refund;

import java.time.Duration;
import java.util.List;

/// The bounds of refunds, each with its name.
final class Limits {
    /// Between looks at what is due.
    static final long TICK_MILLIS = 1_000;
    static final long MEASURE_EVERY_MILLIS = 5_000;
    /// Refunds of one provider that one instance is busy with at a time.
    static final int AT_ONCE = 16;
    /// How long a refund stays claimed: longer than a query and a request may take.
    static final Duration CLAIM = Duration.ofSeconds(60);
    /// A claim that another instance wrote and that lies further ahead is a clock that went wrong.
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    /// Facts of this age come from the past: their refund may have been requested, and its end may follow further on in the log.
    static final Duration HISTORY = Duration.ofMinutes(1);
    static final Duration WAIT_FOR_HISTORY = Duration.ofSeconds(30);
    /// Between two answers that count as two that the provider does not know a refund.
    static final Duration BETWEEN_ABSENCES = Duration.ofMinutes(1);
    /// A refusal is confirmed by two such answers that are so far apart.
    static final Duration REFUSAL_CONFIRMED_AFTER = Duration.ofMinutes(2);
    static final int REFUSAL_CONFIRMED_BY = 2;
    /// After an answer without information, and between requests: twice as long each time.
    static final Duration FIRST_RETRY = Duration.ofSeconds(15);
    static final Duration FIRST_REQUEST_AGAIN = Duration.ofMinutes(1);
    static final Duration LONGEST_RETRY = Duration.ofMinutes(30);
    static final int DOUBLINGS = 7;
    /// WeChat Pay's plan for queries of a refund that is under way; the last one is repeated.
    static final List<Duration> WHILE_PROCESSING = List.of(Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofMinutes(5),
            Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(30));
    /// While the money rests with the provider, until an operator directed it there.
    static final Duration WHILE_LEFT = Duration.ofHours(1);
    /// After a fact was appended that ends the refund, and the view has not read it.
    static final Duration AFTER_APPENDING = Duration.ofMinutes(1);
    /// Answers in a row without an end after which a refund counts as stuck.
    static final int STUCK_AFTER = 5;
    /// A payment is looked at for refunds when a notification named one so long ago at most; the daily bill has the others.
    static final Duration LOOKED_AT_WITHIN = Duration.ofDays(1);
    /// Looks in a row without information; then the bill decides.
    static final int MOST_LOOKS = 20;
    /// A number of our own form is taken for one of another only after so many looks: the view may not have read its reservation.
    static final int LOOKS_AT_OUR_FORM = 6;
    static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private Limits() {}
}
