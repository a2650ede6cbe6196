package dev.sluice.reconcile.pending;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// When a provider is asked about an order next.
///
/// While a page is open: 3 and 5 seconds after it was opened, then every 4 for three minutes, so that a payer who watches waits no longer
/// than 5 for a payment without a notification; then every 10. Otherwise 30 seconds, 1, 2, 5, 10, 20 and 30 minutes after the order was
/// placed, then every 30 minutes; and at the moments when it may be closed.
public final class InquirySchedule {
    private static final List<Duration> AGES = Stream.of(30, 60, 120, 300, 600, 1200, 1800).map(Duration::ofSeconds).toList();
    private static final Duration THEN_EVERY = Duration.ofMinutes(30);

    private static final List<Duration> WATCHED_AGES = Stream.of(3, 5).map(Duration::ofSeconds).toList();
    private static final Duration WATCHED_THEN_EVERY = Duration.ofSeconds(4);
    private static final Duration WATCHED_CLOSELY_FOR = Duration.ofMinutes(3);
    private static final Duration WATCHED_FINALLY_EVERY = Duration.ofSeconds(10);

    private InquirySchedule() {}

    /// The first query of an order without an open page.
    public static Instant first(Instant createdAt) {
        return createdAt.plus(AGES.getFirst());
    }

    /// The first question after a page was opened.
    public static Instant firstWatched(Instant opened) {
        return opened.plus(WATCHED_AGES.getFirst());
    }

    /// The first moment after `now`.
    ///
    /// @param milestones moments at which something else can be done about the order
    static Instant next(PendingOrder order, Instant now, List<Instant> milestones) {
        Instant regular = order.createdAt().plus(nextAge(Duration.between(order.createdAt(), now), AGES, THEN_EVERY));
        Stream<Instant> watched = order.watched().filter(page -> page.until().isAfter(now)).map(page -> watched(page.since(), now))
                .stream();
        return Stream.concat(watched, milestones.stream().filter(moment -> moment.isAfter(now)))
                .reduce(regular, (one, other) -> one.isBefore(other) ? one : other);
    }

    private static Instant watched(Instant since, Instant now) {
        Duration age = Duration.between(since, now);
        return age.compareTo(WATCHED_CLOSELY_FOR) < 0
                ? since.plus(nextAge(age, WATCHED_AGES, WATCHED_THEN_EVERY))
                : now.plus(WATCHED_FINALLY_EVERY);
    }

    /// After unusable answers, whatever the regular time is.
    ///
    /// @param failures how many in a row, at least 1
    static Instant retry(PendingOrder order, Instant now, int failures) {
        Duration wait = doubled(Limits.FIRST_RETRY, failures);
        boolean watched = order.watched().filter(page -> page.until().isAfter(now)).isPresent();
        boolean overdue = order.expiresAt().isBefore(now.minus(Limits.NO_CODE_LIVES));
        Duration longest = watched ? Limits.LONGEST_RETRY_WATCHED : overdue ? Limits.LONGEST_RETRY_OVERDUE : Limits.LONGEST_RETRY;
        return now.plus(wait.compareTo(longest) < 0 ? wait : longest);
    }

    /// While the view has not read the fact that ends the order: a paused view must not make a provider answer, and the log grow, for ever.
    ///
    /// @param times how often such a fact was appended in a row, at least 1
    static Instant afterAppending(Instant now, int times) {
        Duration wait = doubled(Limits.CLAIM, times);
        return now.plus(wait.compareTo(Limits.LONGEST_WAIT_FOR_THE_VIEW) < 0 ? wait : Limits.LONGEST_WAIT_FOR_THE_VIEW);
    }

    private static Duration doubled(Duration first, int times) {
        return first.multipliedBy(1L << Math.min(times - 1, Limits.DOUBLINGS));
    }

    private static Duration nextAge(Duration age, List<Duration> ages, Duration thenEvery) {
        return ages.stream().filter(each -> each.compareTo(age) > 0).findFirst().orElseGet(() -> {
            Duration last = ages.getLast();
            return last.plus(thenEvery.multipliedBy(age.minus(last).dividedBy(thenEvery) + 1));
        });
    }
}
