package dev.sluice.reconcile.pending;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class InquiryScheduleTest {
    private static final Instant PLACED = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void asksLessAndLessOftenWhenNobodyLooks() {
        assertThat(seconds(order(Optional.empty()), List.of(), 9)).containsExactly(30L, 60L, 120L, 300L, 600L, 1200L, 1800L, 3600L, 5400L);
    }

    @Test
    void asksWithinFiveSecondsWhileSomebodyLooks() {
        var page = new PendingOrder.Watched(PLACED.plusSeconds(10), PLACED.plusSeconds(60));

        assertThat(seconds(order(Optional.of(page)), List.of(), 7)).startsWith(13L, 15L, 19L, 23L, 27L, 30L, 31L);
    }

    @Test
    void asksEveryTenSecondsOfAPageThatStaysOpen() {
        var page = new PendingOrder.Watched(PLACED, PLACED.plusSeconds(3000));
        Instant now = PLACED.plusSeconds(200);

        assertThat(InquirySchedule.next(order(Optional.of(page)), now, List.of())).isEqualTo(now.plusSeconds(10));
    }

    @Test
    void aPageThatWasClosedAsksForNothing() {
        var page = new PendingOrder.Watched(PLACED, PLACED.plusSeconds(20));

        assertThat(InquirySchedule.next(order(Optional.of(page)), PLACED.plusSeconds(20), List.of())).isEqualTo(PLACED.plusSeconds(30));
    }

    @Test
    void asksWhenSomethingElseCanBeDone() {
        List<Instant> milestones = List.of(PLACED.plusSeconds(10), PLACED.plusSeconds(40));

        assertThat(seconds(order(Optional.empty()), milestones, 4)).containsExactly(10L, 30L, 40L, 60L);
    }

    @Test
    void waitsTwiceAsLongAfterEachAnswerThatTellsNothing() {
        PendingOrder order = order(Optional.empty());

        assertThat(InquirySchedule.retry(order, PLACED, 1)).isEqualTo(PLACED.plusSeconds(2));
        assertThat(InquirySchedule.retry(order, PLACED, 4)).isEqualTo(PLACED.plusSeconds(16));
        for (int failures : List.of(9, 10, 100, Integer.MAX_VALUE)) {
            assertThat(InquirySchedule.retry(order, PLACED, failures)).as("%d failures", failures)
                    .isEqualTo(PLACED.plus(Limits.LONGEST_RETRY));
        }
    }

    /// Its provider refuses to close it: no question will change that soon, and an operator is alerted.
    @Test
    void asksSeldomLongAfterTheTimeOfAnOrderThatDoesNotEnd() {
        Instant dayAfter = PLACED.plusSeconds(1800).plus(Limits.NO_CODE_LIVES).plusSeconds(1);

        assertThat(InquirySchedule.retry(order(Optional.empty()), dayAfter, 20)).isEqualTo(dayAfter.plus(Limits.LONGEST_RETRY_OVERDUE));
    }

    @Test
    void doesNotWaitLongWhileSomebodyLooks() {
        var page = new PendingOrder.Watched(PLACED, PLACED.plusSeconds(60));

        assertThat(InquirySchedule.retry(order(Optional.of(page)), PLACED.plusSeconds(30), 20)).isEqualTo(PLACED.plusSeconds(40));
    }

    private static List<Long> seconds(PendingOrder order, List<Instant> milestones, int times) {
        List<Long> all = new ArrayList<>();
        Instant now = PLACED;
        for (int i = 0; i < times; i++) {
            now = InquirySchedule.next(order, now, milestones);
            all.add(Duration.between(PLACED, now).toSeconds());
        }
        return all;
    }

    private static PendingOrder order(Optional<PendingOrder.Watched> watched) {
        return new PendingOrder(new TradeNumber("T"), new PendingOrder.Account(Providers.WECHAT, Facts.MERCHANT), PLACED,
                PLACED.plusSeconds(1800), new PendingOrder.Due(PLACED, Optional.empty(), 0, false), CancelState.NONE,
                new PendingOrder.Watching(Optional.empty(), false, watched), KnownAnswers.NONE);
    }
}
