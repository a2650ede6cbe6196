package dev.sluice.reconcile.pending;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.CheckRequested;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.reconcile.FakeWechat;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// The rows that several instances share, on a real PostgreSQL.
class PendingOrdersIT {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final TradeNumber T = new TradeNumber("T");

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
        pending.expect(order("LATER"), NOW.plusSeconds(1));
        pending.expect(order("SECOND"), NOW.minusSeconds(1));
        pending.expect(order("FIRST"), NOW.minusSeconds(2));
        pending.expect(order("THIRD"), NOW);

        assertThat(claim(NOW, 2)).containsExactlyInAnyOrder("FIRST", "SECOND");
        assertThat(claim(NOW.plusSeconds(1), 10)).containsExactlyInAnyOrder("THIRD", "LATER");
    }

    @Test
    void leavesAnOrderToWhoeverTookItUntilItIsGivenBackOrTheTakerIsGone() {
        pending.expect(order("T"), NOW);

        assertThat(claim(NOW, 10)).containsExactly("T");
        assertThat(claim(NOW.plusSeconds(1), 10)).isEmpty();
        assertThat(claim(NOW.plus(Limits.CLAIM), 10)).as("whoever took it has died").containsExactly("T");
        pending.askAgain(T, NOW.plusSeconds(50), 3);
        assertThat(claim(NOW.plusSeconds(49), 10)).isEmpty();
        assertThat(pending.claim(Providers.WECHAT, Facts.MERCHANT, NOW.plusSeconds(50), 10)).singleElement()
                .satisfies(order -> assertThat(order.failures()).isEqualTo(3));
    }

    /// The budget: however many instances there are, a provider has one turn at a time, and no order is taken twice.
    @Test
    void allInstancesTogetherTakeOneTurn() throws Exception {
        IntStream.range(0, 50).forEach(i -> pending.expect(order("T-" + i), NOW));
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
        pending.expect(order("T"), NOW);
        assertThat(claim(NOW.plus(Duration.ofDays(1)), 10)).containsExactly("T");

        assertThat(claim(NOW.plusSeconds(1), 10)).containsExactly("T");
    }

    @Test
    void oneProvidersOrdersAreNotAnothersAndNotAnotherAccounts() {
        pending.expect(order("T"), NOW);

        assertThat(pending.claim(Providers.ALIPAY, Facts.MERCHANT, NOW, 10)).isEmpty();
        assertThat(pending.claim(Providers.WECHAT, new Merchant(Facts.MERCHANT.appId(), "1900000002"), NOW, 10)).isEmpty();
    }

    @Test
    void knowsWhatIsPendingAndSinceWhenOfAnAccount() {
        pending.expect(order("T"), NOW.plusSeconds(7));
        Merchant other = new Merchant(Facts.MERCHANT.appId(), "1900000002");

        assertThat(pending.count()).isEqualTo(1);
        assertThat(pending.oldestDue(Providers.WECHAT, Facts.MERCHANT)).contains(NOW.plusSeconds(7));
        assertThat(pending.oldestDue(Providers.WECHAT, other)).isEmpty();
    }

    /// Nobody closes what may have been paid: while its code is dead, it is only counted elsewhere.
    @Test
    void countsApartWhatNobodyCanAskAboutAndNobodyCanPayAnyMore() {
        Instant dead = NOW.plus(Duration.ofMinutes(29)).plus(Limits.NO_CODE_LIVES).plusSeconds(1);
        pending.expect(order("T"), NOW);
        pending.check(check("OLDER"), NOW);

        assertThat(pending.unaskable(List.of(desk(Facts.MERCHANT)), NOW)).isEqualTo(new OrphanedOrders(0, 0));
        assertThat(pending.unaskable(List.of(), NOW)).isEqualTo(new OrphanedOrders(2, 0));
        List<ProviderAccount> another = List.of(desk(new Merchant(Facts.MERCHANT.appId(), "1900000002")));
        assertThat(pending.unaskable(another, dead.minus(Duration.ofMinutes(20)))).isEqualTo(new OrphanedOrders(1, 1));
        assertThat(pending.unaskable(another, dead)).isEqualTo(new OrphanedOrders(0, 2));
        pending.forgetDead(dead);
        assertThat(claim(dead, 10)).as("when the account is back").containsExactlyInAnyOrder("T", "OLDER");
    }

    private static ProviderAccount desk(Merchant merchant) {
        Settings settings = Settings.of(JsonMapper.shared().valueToTree(Map.of("WechatAppId", merchant.appId(), "WechatMchId",
                merchant.merchantId(), "WechatApiV2Key", FakeWechat.KEY)));
        PaymentChannel wechat = PaymentChannels.installed().find(Providers.WECHAT).orElseThrow();
        return new ProviderAccount(wechat.provider(), wechat.speaking(settings).orElseThrow());
    }

    @Test
    void anOpenPageBringsTheQuestionForwardOnce() {
        pending.expect(order("T"), NOW.plusSeconds(30));

        pending.watch(T, NOW, NOW.plusSeconds(25), NOW.plusSeconds(3));
        assertThat(claim(NOW.plusSeconds(3), 10)).containsExactly("T");
        pending.askAgain(T, NOW.plusSeconds(20), 0);
        pending.watch(T, NOW.plusSeconds(10), NOW.plusSeconds(35), NOW.plusSeconds(13));

        assertThat(claim(NOW.plusSeconds(13), 10)).as("it is the same page").isEmpty();
        assertThat(pending.find(T).orElseThrow().watched())
                .contains(new PendingOrder.Watched(NOW, NOW.plusSeconds(35)));
    }

    @Test
    void aConfirmationOfAnotherProviderOrAccountSettlesNothing() {
        pending.expect(order("T"), NOW);

        pending.settle(payment(Providers.ALIPAY, Facts.MERCHANT));
        pending.settle(payment(Providers.WECHAT, new Merchant(Facts.MERCHANT.appId(), "1900000002")));
        assertThat(pending.count()).isEqualTo(1);
        pending.settle(payment(Providers.WECHAT, Facts.MERCHANT));
        assertThat(pending.count()).isZero();
    }

    @Test
    void anOperatorsCheckAsksAtOnceAlsoForWhatWasDone() {
        pending.expect(order("T"), NOW.plusSeconds(600));

        pending.check(check("T"), NOW);
        pending.check(check("CLOSED-LONG-AGO"), NOW);

        assertThat(claim(NOW, 10)).containsExactlyInAnyOrder("T", "CLOSED-LONG-AGO");
    }

    @Test
    void aWishToCancelIsKeptOnceAndHurriesTheQuestion() {
        pending.expect(order("T"), NOW.plusSeconds(600));

        pending.cancel(T, NOW);
        pending.cancel(new TradeNumber("NEVER"), NOW);
        assertThat(pending.claim(Providers.WECHAT, Facts.MERCHANT, NOW, 10)).singleElement()
                .satisfies(order -> assertThat(order.cancelling()).isEqualTo(CancelState.WANTED));
        pending.cancelled(T);
        pending.askAgain(T, NOW.plusSeconds(60), 0);
        pending.cancel(T, NOW);

        assertThat(found().cancelling()).isEqualTo(CancelState.TOLD);
        assertThat(claim(NOW.plusSeconds(59), 10)).as("asked for twice, it changes nothing").isEmpty();
        assertThat(claim(NOW.plusSeconds(60), 10)).containsExactly("T");
    }

    /// Whoever asks has taken the order before the operator came.
    @Test
    void aWishThatComesWhileTheProviderThinksIsNotOverlooked() {
        pending.expect(order("T"), NOW);
        claim(NOW, 10);

        pending.cancel(T, NOW.plusSeconds(1));
        assertThat(claim(NOW.plusSeconds(2), 10)).as("somebody asks").isEmpty();
        pending.askAgain(T, NOW.plusSeconds(1800), 0);

        assertThat(claim(NOW.plusSeconds(3), 10)).containsExactly("T");
    }

    /// The provider is just saying that it was not paid; then the payer pays, and the operator wants it checked.
    @Test
    void aCheckWhileTheProviderThinksIsNotOverlooked() {
        pending.expect(order("T"), NOW);
        claim(NOW, 10);

        pending.check(check("T"), NOW.plusSeconds(1));
        assertThat(claim(NOW.plusSeconds(2), 10)).as("somebody asks").isEmpty();
        pending.askAgain(T, NOW.plusSeconds(1800), 0);

        assertThat(claim(NOW.plusSeconds(3), 10)).containsExactly("T");
        pending.askAgain(T, NOW.plusSeconds(1800), 0);
        assertThat(claim(NOW.plusSeconds(1799), 10)).as("it was asked for").isEmpty();
        assertThat(claim(NOW.plusSeconds(1800), 10)).containsExactly("T");
    }

    @Test
    void aPageThatIsOpenedWhileTheProviderThinksIsNotOverlooked() {
        pending.expect(order("T"), NOW);
        claim(NOW, 10);

        pending.watch(T, NOW.plusSeconds(1), NOW.plusSeconds(26), NOW.plusSeconds(4));
        pending.askAgain(T, NOW.plusSeconds(1800), 0);

        assertThat(claim(NOW.plusSeconds(3), 10)).isEmpty();
        assertThat(claim(NOW.plusSeconds(4), 10)).containsExactly("T");
    }

    private static PendingOrder found() {
        return pending.find(T).orElseThrow();
    }

    private static CheckRequested check(String number) {
        return new CheckRequested(new TradeNumber(number), Providers.WECHAT, Facts.MERCHANT, NOW.minusSeconds(60), NOW, new UserId("9"),
                "why",
                "k");
    }

    private static List<String> claim(Instant now, int most) {
        return pending.claim(Providers.WECHAT, Facts.MERCHANT, now, most).stream().map(order -> order.tradeNumber().value()).toList();
    }

    private static OrderCreated order(String number) {
        return Facts.order(number, 1, 7300, 5_000_000, Facts.MERCHANT, NOW.minusSeconds(60));
    }

    private static PaymentConfirmed payment(Provider provider, Merchant merchant) {
        return Facts.payment("T", "X", Money.ofFen(7300), provider, merchant);
    }
}
