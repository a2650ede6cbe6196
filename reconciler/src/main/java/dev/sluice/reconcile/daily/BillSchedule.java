package dev.sluice.reconcile.daily;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

import org.springframework.stereotype.Component;

import dev.sluice.provider.bill.BillAnswer;
import dev.sluice.provider.wire.BeijingTime;

/// When a bill is asked for, and what an answer without a bill means by then.
@Component
class BillSchedule {
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    private final Clock clock;

    BillSchedule(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /// The last day that is over.
    LocalDate yesterday() {
        return BeijingTime.dateOf(now()).minusDays(1);
    }

    /// When the bill of a day is ready.
    static Instant readyAt(LocalDate day) {
        return at(day.plusDays(1), Limits.READY);
    }

    /// The last day whose bill should be there by now.
    LocalDate lastThatIsLate() {
        LocalDate yesterday = yesterday();
        return now().isBefore(at(yesterday.plusDays(1), Limits.LATE)) ? yesterday.minusDays(1) : yesterday;
    }

    private static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(BEIJING).toInstant();
    }

    /// After an answer that is no bill.
    BillDays.Next after(BillDays.Due due, BillAnswer answer) {
        return switch (answer) {
            case BillAnswer.Bill _ -> throw new IllegalArgumentException("a bill is stored");
            case BillAnswer.EmptyDay(var words) -> empty(due, words, Limits.EMPTY_CONFIRMED_AFTER.compareTo(sinceEmpty(due)) <= 0);
            case BillAnswer.EmptyOrNotReady(var words) -> empty(due, words, !now().isBefore(at(due.of().day().plusDays(1), Limits.LATE)));
            case BillAnswer.NotYet(var words) -> again(words);
            case BillAnswer.Unknown(var why) -> again(why);
            case BillAnswer.Refused(var code, var words) ->
                new BillDays.Next(BillDays.State.OPEN, now().plus(Limits.RETRY_REFUSED), null, (code + " " + words).strip());
        };
    }

    /// A bill that cannot be right is fetched again.
    BillDays.Next again(String why) {
        return new BillDays.Next(BillDays.State.OPEN, now().plus(Limits.RETRY), null, why);
    }

    private Duration sinceEmpty(BillDays.Due due) {
        return due.emptySince() == null ? Duration.ZERO : Duration.between(due.emptySince(), now());
    }

    private BillDays.Next empty(BillDays.Due due, String words, boolean isFinal) {
        Instant since = due.emptySince() == null ? now() : due.emptySince();
        return isFinal
                ? new BillDays.Next(BillDays.State.EMPTY, null, since, words)
                : new BillDays.Next(BillDays.State.OPEN, now().plus(Limits.RETRY), since, words);
    }
}
