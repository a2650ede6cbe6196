package dev.sluice.order;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.Facts;

import static org.assertj.core.api.Assertions.assertThat;

/// The statements that change an order, on a real PostgreSQL.
@BesideOthers
class OrderTransitionsIT {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private static OrdersDatabase database;
    private static OrderInsertion insertion;
    private static OrderRows rows;
    private static OrderTransitions moves;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        database = new OrdersDatabase();
        jdbc = database.jdbc();
        rows = new OrderRows(jdbc, Clock.fixed(NOW, ZoneOffset.UTC));
        insertion = new OrderInsertion(jdbc, Clock.fixed(NOW, ZoneOffset.UTC));
        moves = new OrderTransitions(insertion, new MoveNotifications(jdbc), jdbc);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    static Stream<Arguments> everyMove() {
        return Arrays.stream(OrderStatus.values())
                .flatMap(from -> Arrays.stream(OrderStatus.values()).map(to -> Arguments.of(from, to)));
    }

    /// The whole table: what it names happens, with a version more and a progress row; what it does not name changes nothing.
    @ParameterizedTest
    @MethodSource("everyMove")
    void movesAsTheTableSaysAndNotOtherwise(OrderStatus from, OrderStatus to) {
        TradeNumber number = anyOrder(NOW.plusSeconds(600));
        jdbc.sql("update orders.topup set status = ? where trade_no = ?").params(from.name(), number.value()).update();

        boolean moved = switch (to) {
            // Nothing leads back to it, so there is no statement for it.
            case NEW -> false;
            case AWAITING_PAYMENT -> moves.awaitPayment(number, new PayAction.QrCode("weixin://pay"));
            case PAID -> move(number, progress -> progress.pay(new TransactionId("X1"), Money.ofFen(7300), NOW));
            case CREDITED -> move(number, progress -> progress.credit(new TransactionId("X1"), NOW, true, 0, 0));
            // A payment that is held moves no order whose payment is being refunded; that a refund came to nothing does.
            case HELD -> move(number, progress -> from == OrderStatus.REFUNDING ? progress.refund(to) : progress.hold());
            case CLOSED -> moves.close(number);
            case REFUNDING, PARTIALLY_REFUNDED, REFUNDED -> move(number, progress -> progress.refund(to));
        };

        boolean legal = to.reachableFrom().contains(from);
        assertThat(moved).isEqualTo(legal);
        assertThat(text("select status from orders.topup where trade_no = ?", number)).isEqualTo(legal ? to.name() : from.name());
        assertThat(text("select version from orders.topup where trade_no = ?", number)).isEqualTo(legal ? "2" : "1");
        assertThat(text("select string_agg(status, ' ' order by version) from orders.progress where trade_no = ?", number))
                .isEqualTo(legal ? "NEW " + to : "NEW");
    }

    /// The log closes an order by the same table as a refusal of the provider.
    @ParameterizedTest
    @EnumSource(OrderStatus.class)
    void theLogClosesWhatARefusalCloses(OrderStatus from) {
        TradeNumber number = anyOrder(NOW.plusSeconds(600));
        jdbc.sql("update orders.topup set status = ? where trade_no = ?").params(from.name(), number.value()).update();

        assertThat(move(number, Progress::close)).isEqualTo(OrderStatus.CLOSED.reachableFrom().contains(from));
    }

    private static boolean move(TradeNumber number, Function<Progress, Optional<Progress>> by) {
        List<OrderRows.Move> all = new ArrayList<>();
        database.inTransaction(() -> {
            TopUpOrder order = rows.lock(Set.of(number)).getFirst().order();
            by.apply(order.progress()).ifPresent(next -> all.add(new OrderRows.Move(number, order.version() + 1, next, NOW)));
            rows.move(all);
        });
        return !all.isEmpty();
    }

    @Test
    void anOrderWithoutACodeIsFoundWhenItsTimeIsOverAndByOneOnly() {
        TradeNumber forgotten = anyOrder(NOW.minusSeconds(1));
        TradeNumber stillGoing = anyOrder(NOW.plusSeconds(1));
        TradeNumber withACode = anyOrder(NOW.minusSeconds(1));
        moves.awaitPayment(withACode, new PayAction.QrCode("weixin://pay"));

        assertThat(moves.claimUnpublished(NOW, Duration.ofMinutes(30), Duration.ofDays(1), 100)).contains(forgotten)
                .doesNotContain(stillGoing, withACode);
        assertThat(moves.claimUnpublished(NOW, Duration.ofMinutes(30), Duration.ofDays(1), 100)).doesNotContain(forgotten);
        assertThat(moves.claimUnpublished(NOW.plusSeconds(1801), Duration.ofMinutes(30), Duration.ofDays(1), 100)).as("and later again")
                .contains(forgotten);
        assertThat(moves.claimUnpublished(NOW.plus(Duration.ofDays(2)), Duration.ofMinutes(30), Duration.ofDays(1), 100))
                .as("but not for ever").doesNotContain(forgotten);
    }

    @Test
    void anOrderThatTheLogHasNeedsNoLook() {
        TradeNumber published = anyOrder(NOW.minusSeconds(1));
        TradeNumber restored = TradeNumber.next();
        insertion.restore(
                List.of(Facts.order(restored.value(), 1, 7300, 5_000_000, Facts.MERCHANT, NOW.minusSeconds(1).minus(Facts.EXPIRY))));
        moves.release(published, new OrderTransitions.Claim(true, "busy"));

        assertThat(moves.claimUnpublished(NOW, Duration.ofMinutes(30), Duration.ofDays(1), 100)).doesNotContain(published, restored);
    }

    /// What the payer does is read as the provider gave it, whatever kind it is of.
    @Test
    void keepsEachKindOfPayAction() {
        for (PayAction action : List.of(new PayAction.QrCode("weixin://wxpay/bizpayurl?pr=a'b\"c"),
                new PayAction.Redirect(URI.create("https://pay.example.com/?a=1&b=%E4%BB%98")),
                new PayAction.InvokeBridge(Map.of("appId", "wx1", "paySign", "AB==")))) {
            TradeNumber number = anyOrder(NOW.plusSeconds(600));
            assertThat(moves.claim(number, NOW, Duration.ofSeconds(16))).isPresent();

            assertThat(moves.awaitPayment(number, action)).isTrue();

            TopUpOrder order = new Orders(jdbc).findByTradeNo(number.value()).orElseThrow();
            assertThat(order.progress().payAction()).isEqualTo(action);
            assertThat(moves.claim(number, NOW.plusSeconds(20), Duration.ofSeconds(16))).as("nothing is left to ask for").isEmpty();
        }
    }

    /// Otherwise the order's code could not be had for as long as the clock was ahead.
    @Test
    void aClaimOfAClockThatWasAheadDoesNotLast() {
        TradeNumber number = anyOrder(NOW.plusSeconds(600));
        assertThat(moves.claim(number, NOW.plusSeconds(3600), Duration.ofSeconds(16))).isPresent();

        assertThat(moves.claim(number, NOW, Duration.ofSeconds(16))).isPresent();
        assertThat(moves.claim(number, NOW.plusSeconds(5), Duration.ofSeconds(16))).isEmpty();
    }

    @Test
    void oneLookTakesOnlySoMany() {
        List<TradeNumber> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(anyOrder(NOW.minus(Duration.ofDays(1))));
        }

        List<TradeNumber> first = moves.claimUnpublished(NOW.minus(Duration.ofHours(12)), Duration.ofMinutes(30), Duration.ofDays(1), 2);

        assertThat(first).hasSize(2);
        assertThat(all).containsAll(first);
    }

    private static TradeNumber anyOrder(Instant expiresAt) {
        TradeNumber number = TradeNumber.next();
        moves.insert(TopUpOrder.of(Facts.order(number.value(), 1, 7300, 5_000_000, Facts.MERCHANT, expiresAt.minus(Facts.EXPIRY)),
                number.value(), "127.0.0.1", "https://pay.example.com/api/wechat/notify"));
        return number;
    }

    private static String text(String query, TradeNumber number) {
        return String.valueOf(jdbc.sql(query).param(number.value()).query().singleValue());
    }
}
