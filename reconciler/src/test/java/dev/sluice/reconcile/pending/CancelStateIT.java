package dev.sluice.reconcile.pending;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventLog;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.reconcile.FakeWechat;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.WrittenLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The whole reconciler against a WeChat Pay that closes no order younger than five minutes.
class CancelStateIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Merchant MERCHANT = new Merchant("wx0000000000000001", "1900000001");
    private static final Duration JUST_NOW = Duration.ZERO;
    private static final Duration OLD_ENOUGH = Duration.ofMinutes(6);
    @TempDir
    private static Path folder;
    private static RunningReconciler reconciler;
    private static FakeWechat wechat;
    private static EventLog log;
    private static JdbcClient jdbc;

    private static int number;
    private String trade = "";

    @BeforeAll
    static void start() throws Exception {
        reconciler = new RunningReconciler(folder);
        wechat = reconciler.wechat();
        log = reconciler.log();
        jdbc = reconciler.jdbc();
    }

    @AfterAll
    static void stop() throws Exception {
        reconciler.close();
    }

    @BeforeEach
    void nextNumber() {
        number++;
        trade = "CANCEL-" + number;
    }

    @Test
    void aYoungOrderEndsAtOnceAndItsCodeAsSoonAsTheProviderAllows() {
        log.append(order(JUST_NOW));
        log.append(cancel("k"));

        await().atMost(SOON).until(() -> cancelling().contains("ENDED"));
        log.append(cancel("k"));
        log.append(cancel("l"));

        assertThat(closings()).containsOnly(cancelled());
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> cancelling().contains("ENDED"));
        assertThat(wechat.calls).as("it would be refused").doesNotContain("closeorder " + trade);
        grow(OLD_ENOUGH);
        await().atMost(SOON).until(() -> cancelling().isEmpty());
        assertThat(wechat.calls).contains("closeorder " + trade);
        assertThat(closings()).as("the order ended once, and then its code").containsExactly(cancelled(), closedAtProvider());
    }

    @Test
    void whatTheProviderClosesAtOnceEndsThereFirst() {
        log.append(order(OLD_ENOUGH));
        log.append(cancel("k"));

        await().atMost(SOON).until(() -> !closings().isEmpty() && cancelling().isEmpty());

        assertThat(wechat.orders).containsEntry(trade, FakeWechat.State.CLOSED);
        assertThat(closings()).containsExactly(cancelled(), closedAtProvider());
    }

    @Test
    void whatTheProviderDoesNotKnowEndsAtOnceAndIsAskedForUntilItIsDead() {
        wechat.orders.put(trade, FakeWechat.State.ABSENT);
        log.append(order(JUST_NOW));
        log.append(cancel("k"));

        await().atMost(SOON).until(() -> cancelling().contains("ENDED"));

        assertThat(closings()).containsExactly(cancelled());
        grow(Duration.ofMinutes(36));
        await().atMost(SOON).until(() -> cancelling().isEmpty());
        assertThat(closings()).containsExactly(cancelled(), closedAtProvider());
    }

    @Test
    void whatIsPaidIsConfirmedAndNotCancelled() {
        wechat.orders.put(trade, FakeWechat.State.SUCCESS);
        log.append(order(JUST_NOW));
        log.append(cancel("k"));

        await().atMost(SOON).until(() -> cancelling().isEmpty() && !confirmations().isEmpty());

        assertThat(closings()).isEmpty();
    }

    @Test
    void moneyThatComesAfterTheEndIsStillFound() {
        log.append(order(JUST_NOW));
        log.append(cancel("k"));
        await().atMost(SOON).until(() -> cancelling().contains("ENDED"));

        wechat.orders.put(trade, FakeWechat.State.SUCCESS);
        log.append(check(trade));

        await().atMost(SOON).until(() -> cancelling().isEmpty() && confirmations().size() == 1);
        assertThat(closings()).containsExactly(cancelled());
    }

    @Test
    void aWishOutlivesAProviderThatIsSilentAndARestart() throws Exception {
        wechat.orders.put(trade, FakeWechat.State.SILENT);
        log.append(order(JUST_NOW));
        log.append(cancel("k"));
        await().atMost(SOON).until(() -> wechat.calls.contains("orderquery " + trade));

        reconciler.stopApp();
        reconciler.startApp();

        assertThat(cancelling()).containsExactly("WANTED");
        assertThat(closings()).isEmpty();
        wechat.orders.put(trade, FakeWechat.State.NOTPAY);
        grow(Duration.ZERO);
        await().atMost(SOON).until(() -> cancelling().contains("ENDED"));
        assertThat(closings()).containsExactly(cancelled());
    }

    /// Whoever was away reads it late, and whoever reads everything again waits for what stands further on.
    @Test
    void aWishFromThePastIsKeptAndNotHurried() {
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        try (EventLog before = EventLog.connect(KafkaCluster.singleNode(reconciler.kafka()), "test", past)) {
            before.append(order(Duration.ofHours(1)));
            before.append(cancel("k"));
            before.append(new OrderClosed(new TradeNumber(trade + "-unknown"), CloseReason.CANCELLED, LatePayment.CREDIT));
        }

        await().atMost(SOON).until(() -> cancelling().contains("WANTED"));

        assertThat(jdbc.sql("select next_ask_at > now() + interval '10 s' from recon.pending where trade_no = ?").param(trade)
                .query(Boolean.class).single()).isTrue();
        log.append(cancelled());
        await().atMost(SOON).until(() -> cancelling().contains("ENDED"));
        assertThat(jdbc.sql("select count(*) from recon.pending where trade_no = ?").param(trade + "-unknown").query(Long.class).single())
                .isZero();
    }

    /// The order is closed, so nobody else will ask: "I paid, and it says closed".
    @Test
    void aCheckThatWasReadLateIsAskedForUnlessTheLogSaysFurtherOnWhatBecameOfIt() {
        wechat.orders.put(trade, FakeWechat.State.SUCCESS);
        wechat.orders.put(trade + "-answered", FakeWechat.State.CLOSED);
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-10));
        try (EventLog before = EventLog.connect(KafkaCluster.singleNode(reconciler.kafka()), "test", past)) {
            before.append(List.of(check(trade + "-answered"), new OrderClosed(new TradeNumber(trade + "-answered"), CloseReason.EXPIRED,
                    LatePayment.CREDIT), check(trade)));
        }

        await().atMost(SOON).until(() -> !cancelling().isEmpty());

        assertThat(jdbc.sql("select next_ask_at > now() + interval '10 s' from recon.pending where trade_no = ?").param(trade)
                .query(Boolean.class).single()).as("not before what stands further on is read").isTrue();
        grow(Duration.ZERO);
        await().atMost(SOON).until(() -> cancelling().isEmpty() && confirmations().size() == 1);
        assertThat(wechat.calls).doesNotContain("orderquery " + trade + "-answered");
    }

    private static CheckRequested check(String number) {
        return new CheckRequested(new TradeNumber(number), Providers.WECHAT, MERCHANT, Instant.now(), Instant.now().plusSeconds(1800),
                new UserId("9"), "the payer called", "c");
    }

    /// It may have been paid to another account: whether this one's code was paid, too, is still to be asked.
    @Test
    void anOrderIsAskedForThoughAnotherPaymentOfItWasReleased() {
        log.append(order(JUST_NOW));
        await().atMost(SOON).until(() -> cancelling().contains("NONE"));

        log.append(credited(true));
        log.append(cancel("k"));
        await().atMost(SOON).until(() -> cancelling().contains("ENDED"));

        log.append(credited(false));
        await().atMost(SOON).until(() -> cancelling().isEmpty());
    }

    /// A failover or a restore: rows and position are of an earlier moment.
    @Test
    void aDatabaseThatWentBackInTimeIsMadeGood() {
        List<Long> before = jdbc.sql("select next_offset from recon.position where topic = 'sluice.events'").query(Long.class).list();
        log.append(order(JUST_NOW));
        await().atMost(SOON).until(() -> cancelling().contains("NONE"));

        jdbc.sql("delete from recon.pending where trade_no = ?").param(trade).update();
        jdbc.sql("update recon.position set next_offset = ? where topic = 'sluice.events'").param(before.getFirst()).update();

        await().atMost(SOON).until(() -> cancelling().contains("NONE"));
    }

    private QuotaCredited credited(boolean released) {
        return released ? Facts.released(trade, "X" + trade, 1, 1) : Facts.credited(trade, "X" + trade, 1, 1);
    }

    private OrderCreated order(Duration age) {
        return Facts.order(trade, 1, 7300, 5_000_000, MERCHANT, Instant.now().minus(age));
    }

    private CancelRequested cancel(String key) {
        return new CancelRequested(new TradeNumber(trade), new UserId("9"), "why", key);
    }

    private OrderClosed cancelled() {
        return new OrderClosed(new TradeNumber(trade), CloseReason.CANCELLED, LatePayment.CREDIT);
    }

    private OrderClosed closedAtProvider() {
        return new OrderClosed(new TradeNumber(trade), CloseReason.PROVIDER_CLOSED, LatePayment.CREDIT);
    }

    /// Time passes for this order, and it is asked for.
    private void grow(Duration by) {
        jdbc.sql("""
                update recon.pending set created_at = created_at - :by * interval '1 s', expires_at = expires_at - :by * interval '1 s',
                    next_ask_at = now(), wished_at = now() where trade_no = :tradeNo""").param("by", by.toSeconds()).param("tradeNo", trade)
                .update();
    }

    private List<String> cancelling() {
        return jdbc.sql("select cancelling from recon.pending where trade_no = ? and next_ask_at is not null").param(trade)
                .query(String.class).list();
    }

    private List<OrderClosed> closings() {
        return new WrittenLog(reconciler.kafka()).events(trade, OrderClosed.class);
    }

    private List<PaymentConfirmed> confirmations() {
        return new WrittenLog(reconciler.kafka()).events(trade, PaymentConfirmed.class);
    }
}
