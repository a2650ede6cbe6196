package dev.sluice.reconcile.pending;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

import static dev.sluice.reconcile.pending.PendingRows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

/// What one user can take of the questions to a provider.
@ExtendWith(SharedRows.class)
class WatchingUsersIT {
    private static final UserId IDLER = new UserId("idler");
    private final PendingRows rows;

    WatchingUsersIT(PendingRows rows) {
        this.rows = rows;
    }

    /// Whose orders came first does not matter: each user has one of a turn before anyone has two.
    @Test
    void aUserWithManyOrdersDoesNotDelayTheOthers() {
        IntStream.range(0, 60).forEach(i -> rows.expect("MANY-" + i, "1", NOW.minusSeconds(60)));
        rows.expect("OTHER", "2", NOW.minusSeconds(1));
        rows.expect("THIRD", "3", NOW);

        List<String> turn = rows.claim(NOW, Limits.ORDERS_PER_TURN);

        assertThat(turn).hasSize(Limits.ORDERS_PER_TURN).contains("OTHER", "THIRD");
        assertThat(rows.claim(NOW.plus(Limits.BETWEEN_TURNS), Limits.ORDERS_PER_TURN)).as("the rest follows").hasSize(12);
    }

    /// Of a single user's orders the one that has waited longest is the first.
    @Test
    void ordersOfOneUserGoByTheirTime() {
        rows.expect("SECOND", "1", NOW.minusSeconds(1));
        rows.expect("FIRST", "1", NOW.minusSeconds(2));
        rows.expect("OTHER", "2", NOW);

        assertThat(rows.claim(NOW, 2)).containsExactlyInAnyOrder("FIRST", "OTHER");
    }

    @Test
    void openPagesHaveABudgetOfQuestionsForEachDay() {
        watched("T");

        assertThat(ask("T", Limits.WATCHED_QUESTIONS_PER_DAY - 1, NOW).watched()).isPresent();
        assertThat(ask("T", 1, NOW).watched()).as("the page counts no longer").isEmpty();
        assertThat(rows.find("T").watched()).isEmpty();
        assertThat(ask("T", 1, NOW.plus(Duration.ofDays(1))).watched()).as("tomorrow it does").isPresent();
    }

    /// Closing and opening a page again begins its first, busy minutes anew: not beyond the budget.
    @Test
    void aPageThatIsOpenedBeyondTheBudgetHurriesNothing() {
        watched("T");
        ask("T", Limits.WATCHED_QUESTIONS_PER_DAY, NOW);
        rows.expect("NEXT", IDLER.value(), NOW.plusSeconds(30));

        PendingOrder opened = locked("NEXT").watch(NOW, NOW.plusSeconds(25), InquirySchedule.firstWatched(NOW));

        assertThat(opened.due().at()).isEqualTo(NOW.plusSeconds(30));
        assertThat(InquirySchedule.next(opened, NOW, List.of())).isAfterOrEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void theBudgetIsEachUsersOwn() {
        watched("T");
        ask("T", Limits.WATCHED_QUESTIONS_PER_DAY, NOW);
        rows.expect("OTHER", "2", NOW.plusSeconds(30));

        assertThat(locked("OTHER").watch(NOW, NOW.plusSeconds(25), InquirySchedule.firstWatched(NOW)).due().at())
                .isEqualTo(NOW.plusSeconds(3));
    }

    /// A query without an open page, or of a page that was closed meanwhile, is none of the budget.
    @Test
    void onlyQuestionsOfOpenPagesCount() {
        rows.expect("T", IDLER.value(), NOW);
        assertThat(rows.find("T").askedFor(NOW)).isEmpty();

        rows.change("T", order -> order.watch(NOW, NOW.plusSeconds(25), NOW.plusSeconds(3)));

        assertThat(rows.find("T").askedFor(NOW)).contains(IDLER);
        assertThat(rows.find("T").askedFor(NOW.plusSeconds(25))).isEmpty();
    }

    private void watched(String number) {
        rows.expect(number, IDLER.value(), NOW);
        rows.change(number, order -> order.watch(NOW, NOW.plusSeconds(25), NOW.plusSeconds(3)));
    }

    /// As after so many questions that open pages caused.
    private PendingOrder ask(String number, int times, Instant at) {
        var trade = new TradeNumber(number);
        Map<TradeNumber, PendingOrder> found = rows.orders().find(List.of(trade), Collections.nCopies(times, IDLER), at);
        return found.get(trade);
    }

    private PendingOrder locked(String number) {
        var trade = new TradeNumber(number);
        return rows.orders().lock(Set.of(trade), NOW).get(trade);
    }
}
