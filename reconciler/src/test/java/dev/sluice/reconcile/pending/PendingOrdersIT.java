package dev.sluice.reconcile.pending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static dev.sluice.reconcile.pending.PendingRows.NOW;
import static dev.sluice.reconcile.pending.PendingRows.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

/// The rows that several instances share, on a real PostgreSQL.
@ExtendWith(SharedRows.class)
class PendingOrdersIT {
    private final PendingRows rows;

    PendingOrdersIT(PendingRows rows) {
        this.rows = rows;
    }

    @Test
    void takesWhatIsDueOldestFirstAndOnlySoMany() {
        rows.expect("LATER", NOW.plusSeconds(1));
        rows.expect("SECOND", NOW.minusSeconds(1));
        rows.expect("FIRST", NOW.minusSeconds(2));
        rows.expect("THIRD", NOW);

        assertThat(rows.claim(NOW, 2)).containsExactlyInAnyOrder("FIRST", "SECOND");
        assertThat(rows.claim(NOW.plusSeconds(1), 10)).containsExactlyInAnyOrder("THIRD", "LATER");
    }

    @Test
    void leavesAnOrderToWhoeverTookItUntilItIsGivenBackOrTheTakerIsGone() {
        rows.expect("T", NOW);

        assertThat(rows.claim(NOW, 10)).containsExactly("T");
        assertThat(rows.claim(NOW.plusSeconds(1), 10)).isEmpty();
        assertThat(rows.claim(NOW.plus(Limits.CLAIM), 10)).as("whoever took it has died").containsExactly("T");
        rows.askAgain("T", NOW.plusSeconds(50), 3);
        assertThat(rows.claim(NOW.plusSeconds(49), 10)).isEmpty();
        assertThat(rows.orders().claim(Providers.WECHAT, Facts.MERCHANT, NOW.plusSeconds(50), 10)).singleElement()
                .satisfies(order -> assertThat(order.failures()).isEqualTo(3));
    }

    /// The budget: however many instances there are, a provider has one turn at a time, and no order is taken twice.
    @Test
    void allInstancesTogetherTakeOneTurn() throws Exception {
        IntStream.range(0, 50).forEach(i -> rows.expect("T-" + i, NOW));
        List<String> taken = Collections.synchronizedList(new ArrayList<>());

        try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> turns = Collections.nCopies(8, () -> taken.addAll(rows.claim(NOW, 10)));
            instances.invokeAll(turns);
        }

        assertThat(taken).hasSize(10).doesNotHaveDuplicates();
        assertThat(rows.claim(NOW.plus(Limits.BETWEEN_TURNS), 10)).hasSize(10).doesNotContainAnyElementsOf(taken);
    }

    /// An instance whose clock went wrong must not keep the others from asking.
    @Test
    void aTimeThatCannotBeIsNotBelieved() {
        rows.expect("T", NOW);
        assertThat(rows.claim(NOW.plus(Duration.ofDays(1)), 10)).containsExactly("T");

        assertThat(rows.claim(NOW.plusSeconds(1), 10)).containsExactly("T");
    }

    @Test
    void oneProvidersOrdersAreNotAnothersAndNotAnotherAccounts() {
        rows.expect("T", NOW);

        assertThat(rows.orders().claim(Providers.ALIPAY, Facts.MERCHANT, NOW, 10)).isEmpty();
        assertThat(rows.orders().claim(Providers.WECHAT, OTHER, NOW, 10)).isEmpty();
    }

    @Test
    void takesNoTurnWhereNothingIsDue() {
        rows.expect("T", NOW.plusSeconds(1));

        assertThat(rows.claim(NOW, 10)).isEmpty();

        assertThat(rows.jdbc().sql("select count(*) from recon.turn").query(Long.class).single()).isZero();
        assertThat(rows.claim(NOW.plusSeconds(1), 10)).containsExactly("T");
    }

    @Test
    void anOpenPageBringsTheQuestionForwardOnce() {
        rows.expect("T", NOW.plusSeconds(30));

        rows.change("T", order -> order.watch(NOW, NOW.plusSeconds(25), NOW.plusSeconds(3)));
        assertThat(rows.claim(NOW.plusSeconds(3), 10)).containsExactly("T");
        rows.askAgain("T", NOW.plusSeconds(20), 0);
        rows.change("T", order -> order.watch(NOW.plusSeconds(10), NOW.plusSeconds(35), NOW.plusSeconds(13)));

        assertThat(rows.claim(NOW.plusSeconds(13), 10)).as("it is the same page").isEmpty();
        assertThat(rows.find("T").watched())
                .contains(new PendingOrder.Watched(NOW, NOW.plusSeconds(35)));
    }

    @Test
    void aConfirmationOfAnotherProviderOrAccountSettlesNothing() {
        rows.expect("T", NOW);

        rows.apply(NOW, payment(Providers.ALIPAY, Facts.MERCHANT));
        rows.apply(NOW, payment(Providers.WECHAT, OTHER));
        assertThat(rows.orders().measure(List.of(), NOW).count()).isEqualTo(1);
        rows.apply(NOW, payment(Providers.WECHAT, Facts.MERCHANT));
        assertThat(rows.orders().measure(List.of(), NOW).count()).isZero();
    }

    @Test
    void anOperatorsCheckAsksAtOnceAlsoForWhatWasDone() {
        rows.expect("T", NOW.plusSeconds(600));

        rows.apply(NOW, check("T"));
        rows.apply(NOW, check("CLOSED-LONG-AGO"));

        assertThat(rows.claim(NOW, 10)).containsExactlyInAnyOrder("T", "CLOSED-LONG-AGO");
    }

    @Test
    void aWishToCancelIsKeptOnceAndHurriesTheQuestion() {
        rows.expect("T", NOW.plusSeconds(600));

        rows.apply(NOW, cancel("T"));
        rows.apply(NOW, cancel("NEVER"));
        assertThat(rows.orders().claim(Providers.WECHAT, Facts.MERCHANT, NOW, 10)).singleElement()
                .satisfies(order -> assertThat(order.cancelling()).isEqualTo(CancelState.WANTED));
        rows.apply(NOW, closed(CloseReason.CANCELLED));
        rows.askAgain("T", NOW.plusSeconds(60), 0);
        rows.apply(NOW, cancel("T"));

        assertThat(rows.find("T").cancelling()).isEqualTo(CancelState.ENDED);
        assertThat(rows.claim(NOW.plusSeconds(59), 10)).as("asked for twice, it changes nothing").isEmpty();
        assertThat(rows.claim(NOW.plusSeconds(60), 10)).containsExactly("T");
    }

    /// Whoever asks has taken the order before the operator came.
    @Test
    void aWishThatComesWhileTheProviderThinksIsNotOverlooked() {
        rows.expect("T", NOW);
        rows.claim(NOW, 10);

        rows.apply(NOW.plusSeconds(1), cancel("T"));
        assertThat(rows.claim(NOW.plusSeconds(2), 10)).as("somebody asks").isEmpty();
        rows.askAgain("T", NOW.plusSeconds(1800), 0);

        assertThat(rows.claim(NOW.plusSeconds(3), 10)).containsExactly("T");
    }

    /// The provider is just saying that it was not paid; then the payer pays, and the operator wants it checked.
    @Test
    void aCheckWhileTheProviderThinksIsNotOverlooked() {
        rows.expect("T", NOW);
        rows.claim(NOW, 10);

        rows.apply(NOW.plusSeconds(1), check("T"));
        assertThat(rows.claim(NOW.plusSeconds(2), 10)).as("somebody asks").isEmpty();
        rows.askAgain("T", NOW.plusSeconds(1800), 0);

        assertThat(rows.claim(NOW.plusSeconds(3), 10)).containsExactly("T");
        rows.askAgain("T", NOW.plusSeconds(1800), 0);
        assertThat(rows.claim(NOW.plusSeconds(1799), 10)).as("it was asked for").isEmpty();
        assertThat(rows.claim(NOW.plusSeconds(1800), 10)).containsExactly("T");
    }

    @Test
    void aPageThatIsOpenedWhileTheProviderThinksIsNotOverlooked() {
        rows.expect("T", NOW);
        rows.claim(NOW, 10);

        rows.change("T", order -> order.watch(NOW.plusSeconds(1), NOW.plusSeconds(26), NOW.plusSeconds(4)));
        rows.askAgain("T", NOW.plusSeconds(1800), 0);

        assertThat(rows.claim(NOW.plusSeconds(3), 10)).isEmpty();
        assertThat(rows.claim(NOW.plusSeconds(4), 10)).containsExactly("T");
    }

    private static CheckRequested check(String number) {
        return new CheckRequested(new TradeNumber(number), Providers.WECHAT, Facts.MERCHANT, NOW.minusSeconds(60), NOW, new UserId("9"),
                "why",
                "k");
    }

    private static CancelRequested cancel(String number) {
        return new CancelRequested(new TradeNumber(number), new UserId("9"), "why", "k");
    }

    private static OrderClosed closed(CloseReason reason) {
        return new OrderClosed(new TradeNumber("T"), reason, LatePayment.CREDIT);
    }

    private static PaymentConfirmed payment(Provider provider, Merchant merchant) {
        return Facts.payment("T", "X", Money.ofFen(7300), provider, merchant);
    }
}
