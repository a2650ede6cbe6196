package dev.sluice.reconcile.pending;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.log.LogRecords;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.reconcile.refund.GenuineNotifications;
import dev.sluice.reconcile.unsettled.UnsettledPayments;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

/// The rows of orders that may still be paid, on a real PostgreSQL. The orders were placed a minute before [#NOW].
final class PendingRows implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    static final Merchant OTHER = new Merchant(Facts.MERCHANT.appId(), "1900000002");

    private final EmbeddedPostgres postgres;
    private final JdbcClient jdbc;
    private final PendingOrders orders;
    private final UnsettledPayments payments;

    /// For tests that share one.
    static PendingRows started() {
        try {
            return new PendingRows();
        } catch (Exception e) {
            throw new IllegalStateException("no PostgreSQL", e);
        }
    }

    PendingRows() throws Exception {
        postgres = EmbeddedPostgres.start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/recon").schemas("recon").load().migrate();
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        orders = new PendingOrders(jdbc);
        payments = new UnsettledPayments(jdbc);
    }

    UnsettledPayments payments() {
        return payments;
    }

    PendingOrders orders() {
        return orders;
    }

    DataSource database() {
        return postgres.getPostgresDatabase();
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    void clear() {
        jdbc.sql("truncate recon.pending, recon.turn, recon.watching, recon.refund, recon.payment").update();
    }

    void expect(String number, Instant firstAsk) {
        expect(number, "1", firstAsk);
    }

    void expect(String number, String user, Instant firstAsk) {
        orders.save(List.of(PendingOrder.expected(new TradeNumber(number), new PendingOrder.Account(Providers.WECHAT, Facts.MERCHANT),
                Optional.of(new UserId(user)), NOW.minusSeconds(60), NOW.minusSeconds(60).plus(Facts.EXPIRY), firstAsk)));
    }

    /// The trade numbers of those that were taken.
    List<String> claim(Instant now, int most) {
        return orders.claim(Providers.WECHAT, Facts.MERCHANT, now, most).stream().map(order -> order.tradeNumber().value()).toList();
    }

    PendingOrder find(String number) {
        return orders.find(List.of(new TradeNumber(number)), List.of(), NOW).get(new TradeNumber(number));
    }

    void change(String number, UnaryOperator<PendingOrder> by) {
        orders.save(List.of(by.apply(find(number))));
    }

    void askAgain(String number, Instant at, int failures) {
        orders.askAgain(List.of(new PendingOrders.Again(new TradeNumber(number), at, failures, KnownAnswers.NONE)));
    }

    void apply(Instant at, TopUpEvent event) {
        apply(at, List.of(new LogRecords().of(event, at)));
    }

    void apply(Instant at, Notification notification) {
        apply(at, List.of(new LogRecords().of(notification)));
    }

    void apply(Instant at, List<LogRecord> records) {
        new PendingProjection(orders, new GenuineNotifications(PaymentChannels.installed()), Clock.fixed(at, ZoneOffset.UTC))
                .apply(records, payments.apply(records));
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
