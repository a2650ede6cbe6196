package dev.sluice.reconcile.daily;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.sluice.provider.bill.BillAnswer;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.StandingClock;

import static org.assertj.core.api.Assertions.assertThat;

class BillScheduleTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final Instant TEN = Instant.parse("2026-11-23T02:00:00Z");
    private final StandingClock clock = new StandingClock(TEN);
    private final BillSchedule schedule = new BillSchedule(clock);

    private static BillDays.Due due(@Nullable Instant emptySince) {
        return new BillDays.Due(new BillOf(Providers.WECHAT, Facts.MERCHANT, DAY), BillDays.State.OPEN, 1, emptySince);
    }

    @Test
    void asksFromTenInBeijing() {
        assertThat(BillSchedule.readyAt(DAY)).isEqualTo(TEN);
        assertThat(schedule.yesterday()).isEqualTo(DAY);
        clock.set(Instant.parse("2026-11-22T15:59:59Z"));
        assertThat(schedule.yesterday()).isEqualTo(DAY.minusDays(1));
    }

    @Test
    void asksAgainEachHalfHour() {
        for (BillAnswer answer : new BillAnswer[]{new BillAnswer.NotYet("20002 Bill Creating"), new BillAnswer.Unknown("x")}) {
            assertThat(schedule.after(due(null), answer).tryAt()).isEqualTo(TEN.plus(Duration.ofMinutes(30)));
        }
    }

    @Test
    void nothingHappenedWhenTheProviderSaysSoTwiceAnHourApart() {
        var answer = new BillAnswer.EmptyDay("20002 No Bill Exist");

        BillDays.Next first = schedule.after(due(null), answer);
        assertThat(first.state()).isEqualTo(BillDays.State.OPEN);
        assertThat(first.emptySince()).isEqualTo(TEN);
        clock.set(TEN.plus(Duration.ofMinutes(59)));
        assertThat(schedule.after(due(TEN), answer).state()).isEqualTo(BillDays.State.OPEN);
        clock.set(TEN.plus(Duration.ofMinutes(60)));
        assertThat(schedule.after(due(TEN), answer).state()).isEqualTo(BillDays.State.EMPTY);
    }

    @Test
    void aBillThatDoesNotExistAtNoonIsOfAnEmptyDay() {
        var answer = new BillAnswer.EmptyOrNotReady("BILL_NOT_EXIST");

        clock.set(TEN.plus(Duration.ofMinutes(119)));
        assertThat(schedule.after(due(TEN), answer).state()).isEqualTo(BillDays.State.OPEN);
        clock.set(TEN.plus(Duration.ofHours(2)));
        assertThat(schedule.after(due(TEN), answer)).satisfies(next -> {
            assertThat(next.state()).isEqualTo(BillDays.State.EMPTY);
            assertThat(next.answer()).isEqualTo("BILL_NOT_EXIST");
        });
    }

    @Test
    void aRefusalIsNotRepeatedSoon() {
        assertThat(schedule.after(due(null), new BillAnswer.Refused("20001", "SIGN ERROR")).tryAt())
                .isEqualTo(TEN.plus(Duration.ofHours(6)));
    }

    @Test
    void aDayIsLateFromNoon() {
        assertThat(schedule.lastThatIsLate()).isEqualTo(DAY.minusDays(1));
        clock.set(TEN.plus(Duration.ofHours(2)));
        assertThat(schedule.lastThatIsLate()).isEqualTo(DAY);
    }
}
