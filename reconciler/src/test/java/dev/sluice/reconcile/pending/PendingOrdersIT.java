package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.log.LogRecords;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// The rows that several instances share, on a real PostgreSQL.
class PendingOrdersIT {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final TradeNumber T = new TradeNumber("T");
    private static final Merchant OTHER = new Merchant(Facts.MERCHANT.appId(), "1900000002");

    private static EmbeddedPostgres postgres;
    private static JdbcClient jdbc;
    private static PendingOrders pending;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/recon").schemas("recon").load().migrate();
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        pending = new PendingOrders(jdbc);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void clean() {
        jdbc.sql("truncate recon.pending, recon.turn").update();
    }

    @Test
    void takesWhatIsDueOldestFirstAndOnlySoMany() {
        expect("LATER", NOW.plusSeconds(1));
        expect("SECOND", NOW.minusSeconds(1));
        expect("FIRST", NOW.minusSeconds(2));
        expect("THIRD", NOW);

        assertThat(claim(NOW, 2)).containsExactlyInAnyOrder("FIRST", "SECOND");
        assertThat(claim(NOW.plusSeconds(1), 10)).containsExactlyInAnyOrder("THIRD", "LATER");
    }

    @Test
    void leavesAnOrderToWhoeverTookItUntilItIsGivenBackOrTheTakerIsGone() {
        expect("T", NOW);

        assertThat(claim(NOW, 10)).containsExactly("T");
        assertThat(claim(NOW.plusSeconds(1), 10)).isEmpty();
        assertThat(claim(NOW.plus(Limits.CLAIM), 10)).as("whoever took it has died").containsExactly("T");
        askAgain(T, NOW.plusSeconds(50), 3);
        assertThat(claim(NOW.plusSeconds(49), 10)).isEmpty();
        assertThat(pending.claim(Providers.WECHAT, Facts.MERCHANT, NOW.plusSeconds(50), 10)).singleElement()
                .satisfies(order -> assertThat(order.failures()).isEqualTo(3));
    }

    /// The budget: however many instances there are, a provider has one turn at a time, and no order is taken twice.
    @Test
    void allInstancesTogetherTakeOneTurn() throws Exception {
        IntStream.range(0, 50).forEach(i -> expect("T-" + i, NOW));
        List<String> taken = Collections.synchronizedList(new ArrayList<>());

        try (var instances = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> turns = Collections.nCopies(8, () -> taken.addAll(claim(NOW, 10)));
            instances.invokeAll(turns);
        }

        assertThat(taken).hasSize(10).doesNotHaveDuplicates();
        assertThat(claim(NOW.plus(Limits.BETWEEN_TURNS), 10)).hasSize(10).doesNotContainAnyElementsOf(taken);
    }

    /// An instance whose clock went wrong must not keep the others from asking.
    @Test
    void aTimeThatCannotBeIsNotBelieved() {
        expect("T", NOW);
        assertThat(claim(NOW.plus(Duration.ofDays(1)), 10)).containsExactly("T");

        assertThat(claim(NOW.plusSeconds(1), 10)).containsExactly("T");
    }

    @Test
    void oneProvidersOrdersAreNotAnothersAndNotAnotherAccounts() {
        expect("T", NOW);

        assertThat(pending.claim(Providers.ALIPAY, Facts.MERCHANT, NOW, 10)).isEmpty();
        assertThat(pending.claim(Providers.WECHAT, OTHER, NOW, 10)).isEmpty();
    }

    @Test
    void takesNoTurnWhereNothingIsDue() {
        expect("T", NOW.plusSeconds(1));

        assertThat(claim(NOW, 10)).isEmpty();

        assertThat(jdbc.sql("select count(*) from recon.turn").query(Long.class).single()).isZero();
        assertThat(claim(NOW.plusSeconds(1), 10)).containsExactly("T");
    }

    @Test
    void anOpenPageBringsTheQuestionForwardOnce() {
        expect("T", NOW.plusSeconds(30));

        change(order -> order.watch(NOW, NOW.plusSeconds(25), NOW.plusSeconds(3)));
        assertThat(claim(NOW.plusSeconds(3), 10)).containsExactly("T");
        askAgain(T, NOW.plusSeconds(20), 0);
        change(order -> order.watch(NOW.plusSeconds(10), NOW.plusSeconds(35), NOW.plusSeconds(13)));

        assertThat(claim(NOW.plusSeconds(13), 10)).as("it is the same page").isEmpty();
        assertThat(pending.find(List.of(T)).values().iterator().next().watched())
                .contains(new PendingOrder.Watched(NOW, NOW.plusSeconds(35)));
    }

    @Test
    void aConfirmationOfAnotherProviderOrAccountSettlesNothing() {
        expect("T", NOW);

        apply(NOW, payment(Providers.ALIPAY, Facts.MERCHANT));
        apply(NOW, payment(Providers.WECHAT, OTHER));
        assertThat(pending.measure(List.of(), NOW).count()).isEqualTo(1);
        apply(NOW, payment(Providers.WECHAT, Facts.MERCHANT));
        assertThat(pending.measure(List.of(), NOW).count()).isZero();
    }

    @Test
    void anOperatorsCheckAsksAtOnceAlsoForWhatWasDone() {
        expect("T", NOW.plusSeconds(600));

        apply(NOW, check("T"));
        apply(NOW, check("CLOSED-LONG-AGO"));

        assertThat(claim(NOW, 10)).containsExactlyInAnyOrder("T", "CLOSED-LONG-AGO");
    }

    @Test
    void aWishToCancelIsKeptOnceAndHurriesTheQuestion() {
        expect("T", NOW.plusSeconds(600));

        apply(NOW, cancel("T"));
        apply(NOW, cancel("NEVER"));
        assertThat(pending.claim(Providers.WECHAT, Facts.MERCHANT, NOW, 10)).singleElement()
                .satisfies(order -> assertThat(order.cancelling()).isEqualTo(CancelState.WANTED));
        apply(NOW, closed(CloseReason.CANCELLED));
        askAgain(T, NOW.plusSeconds(60), 0);
        apply(NOW, cancel("T"));

        assertThat(found().cancelling()).isEqualTo(CancelState.TOLD);
        assertThat(claim(NOW.plusSeconds(59), 10)).as("asked for twice, it changes nothing").isEmpty();
        assertThat(claim(NOW.plusSeconds(60), 10)).containsExactly("T");
    }

    /// Whoever asks has taken the order before the operator came.
    @Test
    void aWishThatComesWhileTheProviderThinksIsNotOverlooked() {
        expect("T", NOW);
        claim(NOW, 10);

        apply(NOW.plusSeconds(1), cancel("T"));
        assertThat(claim(NOW.plusSeconds(2), 10)).as("somebody asks").isEmpty();
        askAgain(T, NOW.plusSeconds(1800), 0);

        assertThat(claim(NOW.plusSeconds(3), 10)).containsExactly("T");
    }

    /// The provider is just saying that it was not paid; then the payer pays, and the operator wants it checked.
    @Test
    void aCheckWhileTheProviderThinksIsNotOverlooked() {
        expect("T", NOW);
        claim(NOW, 10);

        apply(NOW.plusSeconds(1), check("T"));
        assertThat(claim(NOW.plusSeconds(2), 10)).as("somebody asks").isEmpty();
        askAgain(T, NOW.plusSeconds(1800), 0);

        assertThat(claim(NOW.plusSeconds(3), 10)).containsExactly("T");
        askAgain(T, NOW.plusSeconds(1800), 0);
        assertThat(claim(NOW.plusSeconds(1799), 10)).as("it was asked for").isEmpty();
        assertThat(claim(NOW.plusSeconds(1800), 10)).containsExactly("T");
    }

    @Test
    void aPageThatIsOpenedWhileTheProviderThinksIsNotOverlooked() {
        expect("T", NOW);
        claim(NOW, 10);

        change(order -> order.watch(NOW.plusSeconds(1), NOW.plusSeconds(26), NOW.plusSeconds(4)));
        askAgain(T, NOW.plusSeconds(1800), 0);

        assertThat(claim(NOW.plusSeconds(3), 10)).isEmpty();
        assertThat(claim(NOW.plusSeconds(4), 10)).containsExactly("T");
    }

    private static PendingOrder found() {
        return pending.find(List.of(T)).values().iterator().next();
    }

    private static CheckRequested check(String number) {
        return new CheckRequested(new TradeNumber(number), Providers.WECHAT, Facts.MERCHANT, NOW.minusSeconds(60), NOW, new UserId("9"),
                "why",
                "k");
    }

    private static List<String> claim(Instant now, int most) {
        return pending.claim(Providers.WECHAT, Facts.MERCHANT, now, most).stream().map(order -> order.tradeNumber().value()).toList();
    }

    private static void expect(String number, Instant firstAsk) {
        pending.save(List.of(PendingOrder.expected(new TradeNumber(number), new PendingOrder.Account(Providers.WECHAT, Facts.MERCHANT),
                NOW.minusSeconds(60), NOW.minusSeconds(60).plus(Facts.EXPIRY), firstAsk)));
    }

    private static void change(UnaryOperator<PendingOrder> by) {
        pending.save(List.of(by.apply(found())));
    }

    private static void askAgain(TradeNumber number, Instant at, int failures) {
        pending.askAgain(List.of(new PendingOrders.Again(number, at, failures, KnownAnswers.NONE)));
    }

    private static void apply(Instant at, TopUpEvent event) {
        new PendingProjection(pending, Clock.fixed(at, ZoneOffset.UTC)).apply(List.of(new LogRecords().of(event, at)));
    }

    private static CancelRequested cancel(String number) {
        return new CancelRequested(new TradeNumber(number), new UserId("9"), "why", "k");
    }

    private static OrderClosed closed(CloseReason reason) {
        return new OrderClosed(T, reason, LatePayment.CREDIT);
    }

    private static PaymentConfirmed payment(Provider provider, Merchant merchant) {
        return Facts.payment("T", "X", Money.ofFen(7300), provider, merchant);
    }
}
