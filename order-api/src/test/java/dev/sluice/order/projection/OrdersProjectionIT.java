package dev.sluice.order.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.order.OrderInsertion;
import dev.sluice.order.OrderRows;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.Orders;
import dev.sluice.order.OrdersDatabase;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.hold.Hold;
import dev.sluice.order.hold.Holds;
import dev.sluice.order.refund.OrderRefunds;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.RandomBatches;

import static org.assertj.core.api.Assertions.assertThat;

/// The rows that the log makes, on a real PostgreSQL.
@BesideOthers
class OrdersProjectionIT {
    private static final Clock NOW = Clock.fixed(Facts.AT.plusSeconds(60), ZoneOffset.UTC);
    /// What a view may cost for each poll, less the statements that lock and move its position.
    private static final int MOST_ROUND_TRIPS = 8 - 2;

    private static OrdersDatabase database;
    private static OrdersProjection view;
    private final OrderFacts facts = new OrderFacts();

    @BeforeAll
    static void start() {
        database = new OrdersDatabase();
        view = at(NOW);
    }

    private static OrdersProjection at(Clock clock) {
        return new OrdersProjection(new OrderInsertion(database.jdbc(), clock), new OrderRows(database.jdbc(), clock),
                new Holds(database.jdbc()), new OrderRefunds(database.jdbc()));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc().sql(
                "truncate orders.topup, orders.progress, orders.credit, orders.user_quota, orders.hold, orders.payment_refund, orders.order_refund, orders.figures, orders.credit_delay")
                .update();
    }

    @Test
    void aPollCostsTheSameWhateverItsSize() {
        List<LogRecord> one = facts.everything("ONE");
        List<LogRecord> many = IntStream.range(0, 200).mapToObj(i -> facts.everything("MANY-" + i)).flatMap(List::stream).toList();

        int ofOne = database.roundTrips(() -> view.apply(one));
        int ofMany = database.roundTrips(() -> view.apply(many));

        assertThat(ofMany).isEqualTo(ofOne).isLessThanOrEqualTo(MOST_ROUND_TRIPS);
        assertThat(count("orders.topup")).isEqualTo(201);
        assertThat(count("orders.progress")).as("each state of each").isEqualTo(201 * 4L);
        assertThat(count("orders.hold where published")).isEqualTo(201);
    }

    /// Few polls have any.
    @Test
    void refundsCostOneStatementMoreWhateverTheirNumber() {
        List<LogRecord> none = facts.everything("NONE");
        List<LogRecord> many = IntStream.range(0, 200).mapToObj(i -> facts.refunded("MANY-" + i)).flatMap(List::stream).toList();

        int ofNone = database.roundTrips(() -> view.apply(none));
        int ofMany = database.roundTrips(() -> view.apply(Stream.of(facts.everything("ONE"), many).flatMap(List::stream).toList()));

        assertThat(ofMany).isEqualTo(ofNone + 1);
        assertThat(count("orders.payment_refund")).isEqualTo(200);
    }

    /// The follower may hand over any part of the log again, however it is cut.
    @RepeatedTest(10)
    void theSameRecordsInOtherBatchesMakeTheSameRows(RepetitionInfo repetition) {
        List<LogRecord> all = Stream.of("A", "B", "C")
                .flatMap(name -> Stream.of(facts.everything(name), facts.late(name), facts.toAnother(name), facts.refunded(name),
                        facts.releasedTooLate(name)))
                .flatMap(List::stream).toList();
        all.forEach(record -> database.inTransaction(() -> view.apply(List.of(record))));
        List<String> oneByOne = rows();
        empty();

        new RandomBatches(repetition.getCurrentRepetition(), 9).of(all, batch -> database.inTransaction(() -> view.apply(batch)));

        assertThat(rows()).as("seed " + repetition.getCurrentRepetition()).isEqualTo(oneByOne);
        database.inTransaction(() -> view.apply(all));
        assertThat(rows()).as("all of it again").isEqualTo(oneByOne);
    }

    /// By the day in Beijing, which is another one than in UTC.
    @Test
    void countsEachOrderOnceInEachStatusOfTheDay() {
        OrderFacts atNight = new OrderFacts(Instant.parse("2026-11-22T16:30:00Z"));
        database.inTransaction(() -> view.apply(Stream
                .of(atNight.late("A"), atNight.late("B"), atNight.everything("C"), atNight.toAnother("D"))
                .flatMap(List::stream).toList()));

        assertThat(database.jdbc().sql("select status, orders, minor_units, quota from orders.figures order by status")
                .query((row, _) -> row.getString(1) + " " + row.getLong(2) + " " + row.getLong(3) + " " + row.getLong(4)).list())
                .containsExactly("CLOSED 2 14600 0", "CREDITED 4 29200 19999325", "HELD 2 14600 0", "PAID 4 29200 0");
        assertThat(database.jdbc().sql("select distinct day::text from orders.figures").query(String.class).single())
                .isEqualTo("2026-11-23");
        assertThat(database.jdbc().sql("select sum(orders) from orders.credit_delay").query(Long.class).single())
                .as("each order by its first credit").isEqualTo(4);
    }

    /// A restore may have lost the claim of the first.
    @Test
    void theFirstDecisionInTheLogCountsThoughALaterOneIsClaimedHere() {
        HoldResolved claimed = (HoldResolved) OrderFacts.markForRefund("A", "X-A", "second");
        database.inTransaction(() -> view.apply(facts.records(OrderFacts.order("A"), Facts.payment("A", "X-A", 7299),
                Facts.held("A", "X-A", Money.ofFen(7299), HoldReason.AMOUNT_MISMATCH))));
        database.inTransaction(() -> new Holds(database.jdbc()).claim(claimed));

        database.inTransaction(() -> view.apply(facts.records(OrderFacts.release("A", "X-A", "first"), claimed)));

        assertThat(database.jdbc().sql("select key from orders.hold where published").query(String.class).single()).isEqualTo("first");
    }

    @Test
    void restoresWhatTheDatabaseLost() {
        List<LogRecord> all = facts.everything("A");
        database.inTransaction(() -> view.apply(all));
        List<String> before = rows();
        database.jdbc().sql("delete from orders.topup").update();
        database.jdbc().sql("truncate orders.progress, orders.credit, orders.user_quota, orders.hold, orders.figures, orders.credit_delay")
                .update();

        database.inTransaction(() -> view.apply(all));

        assertThat(rows()).isEqualTo(before);
    }

    /// An order whose owner named another one's number as the key of a request.
    @Test
    void restoresAnOrderWhoseNumberIsTheKeyOfAnother() {
        var insertion = new OrderInsertion(database.jdbc(), NOW);
        database.inTransaction(() -> view.apply(facts.records(OrderFacts.order("A"))));
        database.jdbc().sql("update orders.topup set idempotency_key = 'B'").update();

        database.inTransaction(() -> insertion.restore(List.of(Facts.order("B", 7, 7300, 5_000_000))));

        assertThat(count("orders.topup")).isEqualTo(2);
    }

    /// Summing a user's credits anew for each look would cost more with each order.
    @Test
    void keepsTheSumOfEachUsersCredits() {
        database.inTransaction(() -> view.apply(Stream.concat(facts.everything("A").stream(), facts.everything("B").stream()).toList()));
        database.inTransaction(() -> view.apply(facts.everything("A")));

        assertThat(database.jdbc().sql("select quota from orders.user_quota order by user_id").query(Long.class).list()).isEqualTo(
                database.jdbc().sql("select sum(quota) from orders.credit group by user_id order by user_id").query(Long.class).list());
        String user = database.jdbc().sql("select min(user_id) from orders.credit").query(String.class).single();
        assertThat(new Orders(database.jdbc()).creditedQuota(user)).isPositive();
        assertThat(new Orders(database.jdbc()).creditedQuota("nobody")).isZero();
    }

    /// A user with more orders than anyone reads must not make a look at them slow.
    @Test
    void aHistoryReachesBackSoFarAndNotFarther() {
        database.inTransaction(() -> view.apply(facts.records(OrderFacts.order("A"))));
        database.jdbc().sql("""
                insert into orders.topup
                select (jsonb_populate_record(topup, jsonb_build_object('trade_no', 'N' || n, 'idempotency_key', 'N' || n,
                    'created_at', created_at + n * interval '1 second'))).*
                from orders.topup, generate_series(1, 10000) as n""").update();
        var orders = new Orders(database.jdbc());
        String user = orders.findByTradeNo("A").orElseThrow().userId();

        assertThat(orders.history(user, new Orders.Selection("", Set.of(), 1, 0))).satisfies(page -> {
            assertThat(page.total()).isEqualTo(10_000);
            assertThat(page.orders()).singleElement().extracting(TopUpOrder::tradeNo).isEqualTo("N10000");
        });
        assertThat(orders.history(user, new Orders.Selection("A", Set.of(), 1, 0)).total()).as("the oldest is beyond it").isZero();
    }

    @Test
    void keepsTheMovesOfADayAndTheOrderForEver() {
        database.inTransaction(() -> view.apply(facts.everything("A")));
        OrdersProjection later = at(Clock.offset(NOW, Duration.ofDays(2)));

        later.forget();

        assertThat(count("orders.progress")).isZero();

        assertThat(new Orders(database.jdbc()).progressAfter("A", 1)).singleElement().extracting(TopUpOrder::status)
                .isEqualTo(OrderStatus.CREDITED);
        database.inTransaction(() -> later.apply(facts.everything("OLD")));
        assertThat(count("orders.progress")).as("no page waits for what is rebuilt").isZero();
        assertThat(new Orders(database.jdbc()).progressAfter("OLD", 0)).hasSize(1);
    }

    @Test
    void showsEachMoveOnceToAPageThatWasAway() {
        database.inTransaction(() -> view.apply(facts.everything("A")));

        var orders = new Orders(database.jdbc());

        assertThat(orders.progressAfter("A", 0)).extracting(TopUpOrder::status).containsExactly(OrderStatus.NEW, OrderStatus.PAID,
                OrderStatus.HELD, OrderStatus.CREDITED);
        assertThat(orders.progressAfter("A", 3)).extracting(TopUpOrder::version).containsExactly(4);
        assertThat(orders.progressAfter("A", 4)).isEmpty();
    }

    /// As the ledger has it: a release counts for nothing after all of the order's own payment was refunded.
    @Test
    void aReleaseOfARefundedPaymentDecidesNothing() {
        var holds = new Holds(database.jdbc());

        database.inTransaction(() -> view.apply(facts.releasedTooLate("A")));

        assertThat(Stream.of("BEFORE-A", "AFTER-A", "OTHERS-A").map(number -> holds.of(number).getFirst().decision().orElseThrow().key()))
                .containsExactly("k", "m", "k");
    }

    /// What the payer has again is known when the payment is held, or later, or before.
    @Test
    void knowsWhatWasRefundedBesideTheHold() {
        var holds = new Holds(database.jdbc());
        Money all = Money.ofFen(7300);
        List<LogRecord> held = facts.records(OrderFacts.order("A"), Facts.payment("A", "X", 7300),
                Facts.held("A", "X", all, HoldReason.LATE_PAYMENT),
                Facts.payment("A", "Y", all, Providers.ALIPAY, Facts.MERCHANT),
                new PaymentHeld(new TradeNumber("A"), Providers.ALIPAY, new TransactionId("Y"), all, HoldReason.PROVIDER_MISMATCH));
        List<LogRecord> partly = facts.records(Facts.partlyRefunded("A", "X", 7300, 30), Facts.partlyRefunded("A", "X", 7300, 20));
        List<LogRecord> wholly = facts.records(OrderFacts.wholly("A"));

        database.inTransaction(() -> view.apply(partly));
        database.inTransaction(() -> view.apply(held));
        assertThat(holds.of("A")).extracting(Hold::refunded).as("known before").containsExactly(Money.ofFen(30), Money.ofFen(0));
        database.inTransaction(() -> view.apply(wholly));
        assertThat(holds.of("A")).extracting(Hold::refunded).as("of the order's own payment").containsExactly(all, Money.ofFen(0));
        database.inTransaction(() -> view.apply(facts.records(OrderFacts.markForRefund("A", "X", "k"))));
        assertThat(holds.of("A")).extracting(Hold::refunded).as("as it was decided").containsExactly(Money.ofFen(0), Money.ofFen(0));
    }

    private static List<String> rows() {
        return Stream.of("orders.topup", "orders.progress", "orders.credit", "orders.user_quota", "orders.hold", "orders.payment_refund",
                "orders.order_refund", "orders.figures", "orders.credit_delay")
                .flatMap(table -> database.jdbc().sql("select t::text from " + table + " t order by 1").query(String.class).list().stream())
                .toList();
    }

    private static long count(String table) {
        return database.jdbc().sql("select count(*) from " + table).query(Long.class).single();
    }
}
