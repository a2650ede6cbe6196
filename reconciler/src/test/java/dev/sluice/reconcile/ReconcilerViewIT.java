package dev.sluice.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderWatched;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.log.LogRecords;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.reconcile.pending.PendingOrders;
import dev.sluice.reconcile.pending.PendingProjection;
import dev.sluice.reconcile.refund.GenuineNotifications;
import dev.sluice.reconcile.refund.NotifiedRefunds;
import dev.sluice.reconcile.refund.RefundProjection;
import dev.sluice.reconcile.unsettled.UnsettledPayments;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.RandomBatches;
import dev.sluice.testing.RoundTrips;

import static org.assertj.core.api.Assertions.assertThat;

/// The rows that the log makes, on a real PostgreSQL.
class ReconcilerViewIT {
    private static final Instant NOW = Facts.AT.plusSeconds(10);
    /// What a view may cost for each poll, less the statements that lock and move its position.
    private static final int MOST_ROUND_TRIPS = 8 - 2;

    private static EmbeddedPostgres postgres;
    private static RoundTrips database;
    private static ReconcilerView view;
    private final LogRecords log = new LogRecords();

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/recon").schemas("recon").load().migrate();
        database = new RoundTrips(postgres.getPostgresDatabase());
        var genuine = new GenuineNotifications(PaymentChannels.installed());
        view = new ReconcilerView(new PendingProjection(new PendingOrders(database.jdbc()), genuine, Clock.fixed(NOW, ZoneOffset.UTC)),
                new NotifiedRefunds(database.jdbc(), genuine, Clock.fixed(NOW, ZoneOffset.UTC)),
                new RefundProjection(database.jdbc(), Clock.fixed(NOW, ZoneOffset.UTC)), new UnsettledPayments(database.jdbc()));
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc().sql("truncate recon.pending, recon.payment").update();
    }

    @Test
    void aPollCostsTheSameWhateverItsSize() {
        List<LogRecord> one = everyKind("ONE");
        List<LogRecord> many = IntStream.range(0, 200).mapToObj(i -> everyKind("MANY-" + i)).flatMap(List::stream).toList();
        seed("ONE");
        IntStream.range(0, 200).forEach(i -> seed("MANY-" + i));

        int ofOne = database.of(() -> view.apply(one));
        int ofMany = database.of(() -> view.apply(many));

        assertThat(ofMany).isEqualTo(ofOne).isLessThanOrEqualTo(MOST_ROUND_TRIPS);
        assertThat(count("recon.pending where cancelling = 'WANTED' and watched_until is not null")).isEqualTo(201);
        assertThat(count("recon.payment where outcome = 'NONE'")).isEqualTo(201);
    }

    /// The follower may hand over any part of the log again, however it is cut.
    @RepeatedTest(10)
    void theSameRecordsInOtherBatchesMakeTheSameRows(RepetitionInfo repetition) {
        List<LogRecord> all = Stream.of("A", "B", "C").map(this::everyKind).flatMap(List::stream).toList();
        all.forEach(record -> database.inTransaction(() -> view.apply(List.of(record))));
        List<String> oneByOne = rows();
        empty();

        new RandomBatches(repetition.getCurrentRepetition(), 9).of(all, batch -> database.inTransaction(() -> view.apply(batch)));

        assertThat(rows()).as("seed " + repetition.getCurrentRepetition()).isEqualTo(oneByOne);
        database.inTransaction(() -> view.apply(all));
        assertThat(rows()).as("all of it again").isEqualTo(oneByOne);
    }

    /// A payment that has its outcome in the same poll never waits.
    @Test
    void aPaymentAndItsOutcomeInOnePollLeaveNothing() {
        database.inTransaction(() -> view.apply(records(Facts.payment("A", "XA", 7300), Facts.credited("A", "XA", 7, 1))));

        assertThat(count("recon.payment where outcome = 'NONE'")).isZero();
    }

    /// By a query that crossed the notification, an operator's check, or the provider's repetition: it has its one outcome already.
    @Test
    void aPaymentThatIsConfirmedAgainAfterItsOutcomeDoesNotWait() {
        database.inTransaction(() -> view.apply(records(Facts.payment("A", "XA", 7300))));
        database.inTransaction(() -> view.apply(records(Facts.credited("A", "XA", 7, 1))));

        database.inTransaction(() -> view.apply(records(Facts.payment("A", "XA", 7300))));

        assertThat(count("recon.payment where outcome = 'NONE'")).isZero();
    }

    /// The payment is another order's: what this order's payer did is still to be asked, and its code to be closed.
    @Test
    void anOrderWhoseConfirmationWasOfAnotherOrdersTransactionGoesOn() {
        database.inTransaction(() -> view.apply(records(Facts.order("A", 7, 7300, 5), Facts.payment("A", "XB", 7300))));
        assertThat(count("recon.pending where next_ask_at <= '" + NOW.plusSeconds(60) + "'")).as("waits for its outcome").isZero();

        database.inTransaction(() -> view
                .apply(records(Facts.held("A", "XB", Money.ofFen(7300), HoldReason.TRANSACTION_REUSED))));

        assertThat(count("recon.pending where trade_no = 'A' and next_ask_at <= '" + NOW + "'")).isOne();
        database.inTransaction(() -> view.apply(records(Facts.payment("A", "XA", 7300), Facts.credited("A", "XA", 7, 5))));
        assertThat(count("recon.pending")).isZero();
    }

    /// By a second gateway, or by the query that the outcome itself brings about: the ledger knows the payment, and no other outcome follows.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aConfirmationThatIsRepeatedAfterItsOutcomeDoesNotPutTheOrderToSleep(int polls) {
        List<LogRecord> all = records(Facts.order("A", 7, 7300, 5), Facts.payment("A", "XB", 7300),
                Facts.held("A", "XB", Money.ofFen(7300), HoldReason.TRANSACTION_REUSED), Facts.payment("A", "XB", 7300));

        switch (polls) {
            case 1 -> database.inTransaction(() -> view.apply(all));
            case 2 -> {
                database.inTransaction(() -> view.apply(all.subList(0, 2)));
                database.inTransaction(() -> view.apply(all.subList(2, 4)));
            }
            default -> all.forEach(record -> database.inTransaction(() -> view.apply(List.of(record))));
        }

        assertThat(count("recon.pending where trade_no = 'A' and next_ask_at <= '" + NOW + "'")).isOne();
    }

    /// An operator's check brings the order back, and no other outcome follows. A notification that is repeated is no answer to the check.
    @Test
    void anOrderThatIsCheckedAfterItsOutcomeEndsByTheAnswer() {
        database.inTransaction(() -> view.apply(records(Facts.order("A", 7, 7300, 5), Facts.payment("A", "XA", 7300),
                Facts.credited("A", "XA", 7, 5))));
        database.inTransaction(() -> view.apply(records(new CheckRequested(new TradeNumber("A"), Providers.WECHAT, Facts.MERCHANT, Facts.AT,
                NOW, new UserId("9"), "why", "k"), Facts.payment("A", "XA", 7300))));
        assertThat(count("recon.pending where trade_no = 'A' and next_ask_at <= '" + NOW + "'")).isOne();

        database.inTransaction(() -> view.apply(records(Facts.partlyRefunded("A", "XA", 7300, 0))));

        assertThat(count("recon.pending")).isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"TRANSACTION_REUSED", "PROVIDER_MISMATCH"})
    void anOrderWhosePaymentIsHeldForAnotherReasonEnds(HoldReason reason) {
        database.inTransaction(() -> view.apply(records(Facts.order("A", 7, 7300, 5), Facts.payment("A", "XA", 7300),
                Facts.held("A", "XA", Money.ofFen(7300), reason))));

        assertThat(count("recon.pending")).isZero();
    }

    /// A page's time that PostgreSQL cannot keep, or that is far ahead, must not stop the view.
    @Test
    void anOpenPageIsBelievedForAWhileOnly() {
        seed("A");

        database.inTransaction(() -> view.apply(List.of(log.of(new OrderWatched(new TradeNumber("A"), Instant.MAX), NOW))));

        assertThat(count("recon.pending where watched_until <= '" + NOW.plusSeconds(60) + "'")).isEqualTo(1);
    }

    private void seed(String name) {
        database.inTransaction(() -> view.apply(records(Facts.order(name, 7, 7300, 5), Facts.order(name + "-GONE", 7, 7300, 5),
                Facts.payment(name, "OLD-" + name, Money.ofFen(7300), Providers.ALIPAY, Facts.MERCHANT))));
    }

    /// One that stays, and ones that go, each for another reason.
    private List<LogRecord> everyKind(String name) {
        List<LogRecord> all = new ArrayList<>(records(
                Facts.order(name, 7, 7300, 5),
                new CancelRequested(new TradeNumber(name), new UserId("9"), "why", "k"),
                Facts.payment(name, "OLD-" + name, Money.ofFen(7300), Providers.ALIPAY, Facts.MERCHANT),
                Facts.held(name, "OLD-" + name, Money.ofFen(7300), HoldReason.PROVIDER_MISMATCH),
                Facts.payment(name, "NEW-" + name, Money.ofFen(7300), Providers.WECHAT, new Merchant("another", "account")),
                Facts.order(name + "-GONE", 7, 7300, 5),
                new OrderClosed(new TradeNumber(name + "-GONE"), CloseReason.EXPIRED, LatePayment.CREDIT),
                Facts.order(name + "-PAID", 7, 7300, 5),
                Facts.payment(name + "-PAID", "PAID-" + name, 7300),
                Facts.credited(name + "-PAID", "PAID-" + name, 7, 5),
                Facts.order(name + "-CHECKED", 7, 7300, 5),
                Facts.credited(name + "-CHECKED", "CHECKED-" + name, 7, 5),
                new CheckRequested(new TradeNumber(name + "-CHECKED"), Providers.WECHAT, Facts.MERCHANT, Facts.AT, NOW, new UserId("9"),
                        "why", "k"),
                new OrderClosed(new TradeNumber(name + "-CHECKED"), CloseReason.EXPIRED, LatePayment.CREDIT)));
        all.addAll(records(
                Facts.order(name + "-REUSED", 7, 7300, 5),
                Facts.payment(name + "-REUSED", "REUSED-" + name, 7300),
                Facts.held(name + "-REUSED", "REUSED-" + name, Money.ofFen(7300), HoldReason.TRANSACTION_REUSED),
                Facts.payment(name + "-REUSED", "REUSED-" + name, 7300)));
        all.add(log.of(new OrderWatched(new TradeNumber(name), NOW.plusSeconds(25)), NOW));
        return all;
    }

    private List<LogRecord> records(TopUpEvent... events) {
        return Stream.of(events).map(event -> log.of(event, Facts.AT)).toList();
    }

    private static List<String> rows() {
        return Stream.of("recon.pending", "recon.payment")
                .flatMap(table -> database.jdbc().sql("select t::text from " + table + " t order by 1").query(String.class).list().stream())
                .toList();
    }

    private static long count(String table) {
        return database.jdbc().sql("select count(*) from " + table).query(Long.class).single();
    }
}
