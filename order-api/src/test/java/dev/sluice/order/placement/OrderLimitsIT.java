package dev.sluice.order.placement;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.order.MoveNotifications;
import dev.sluice.order.OrderInsertion;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.OrderTransitions;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.testing.Facts;

import static org.assertj.core.api.Assertions.assertThat;

/// What one user may order, counted by a real PostgreSQL.
class OrderLimitsIT {
    /// Eleven at night in Beijing.
    private static final Instant EVENING = Instant.parse("2026-11-22T15:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T16:00:00Z");
    private static final Optional<Money> LIMIT = Optional.of(Money.ofFen(10_000));

    private static final AtomicBoolean DISK_IS_ALMOST_FULL = new AtomicBoolean();

    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext context;
    private static OrderLimits limits;
    private static JdbcClient jdbc;

    private static long nextUser = 1;
    private long user;

    @EnableAutoConfiguration
    @Import({Orders.class, OrderInsertion.class, MoveNotifications.class, OrderTransitions.class, OrderLimits.class})
    static class OnlyTheLimits {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        Room room() {
            return DISK_IS_ALMOST_FULL::get;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        context = new SpringApplicationBuilder(OnlyTheLimits.class).web(WebApplicationType.NONE).run(
                "--spring.config.name=none", "--spring.flyway.locations=classpath:db/orders", "--spring.flyway.schemas=orders",
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres");
        limits = context.getBean(OrderLimits.class);
        jdbc = context.getBean(JdbcClient.class);
    }

    @AfterAll
    static void stop() throws Exception {
        context.close();
        postgres.close();
    }

    @BeforeEach
    void anotherUser() {
        user = nextUser++;
    }

    @Test
    void takesOrdersUpToTheDailyLimitAndNotAFenMore() {
        assertThat(order(4_000, EVENING)).isEmpty();
        assertThat(order(6_001, EVENING)).isPresent();
        assertThat(order(6_000, EVENING)).isEmpty();
        assertThat(order(1, EVENING)).isPresent();
        user = nextUser++;
        assertThat(order(10_001, EVENING)).as("more at once than a day's").isPresent();
        assertThat(order(10_000, EVENING)).as("another user has another limit").isEmpty();
    }

    @Test
    void saysTheLimitAndWhatIsLeftAndWhenTheDayIsOver() {
        order(9_270, EVENING);

        Refusal refusal = order(731, EVENING.plusSeconds(60)).orElseThrow();

        assertThat(refusal.message()).isEqualTo(OrderCode.TOO_MUCH_TODAY);
        assertThat(refusal.arguments()).containsExactly("100.00", "7.30");
        assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(59));
    }

    @Test
    void takesNoNewOrderWhileTheDiskIsAlmostFull() {
        DISK_IS_ALMOST_FULL.set(true);
        try {
            Refusal refusal = order(100, EVENING).orElseThrow();

            assertThat(refusal.message()).isEqualTo(OrderCode.ORDERS_PAUSED);
            assertThat(refusal.retryAfter()).contains(Limits.RETRY_AFTER_PAUSE);
        } finally {
            DISK_IS_ALMOST_FULL.set(false);
        }
        assertThat(order(100, EVENING)).isEmpty();
    }

    @Test
    void aDayEndsAtMidnightInBeijing() {
        assertThat(order(10_000, MIDNIGHT.minusMillis(1))).isEmpty();
        assertThat(order(1, MIDNIGHT.minusMillis(1)).orElseThrow().retryAfter()).contains(Duration.ofMillis(1));
        assertThat(order(10_000, MIDNIGHT)).isEmpty();
        assertThat(order(1, MIDNIGHT).orElseThrow().retryAfter()).contains(Duration.ofDays(1));
        assertThat(order(1, MIDNIGHT.minusMillis(1))).as("one that was on its way over midnight counts to its own day").isPresent();
    }

    @Test
    void onlyWhatWasClosedDoesNotCount() {
        for (OrderStatus status : OrderStatus.values()) {
            user = nextUser++;
            order(10_000, EVENING);
            jdbc.sql("update orders.topup set status = ? where user_id = ?").params(status.name(), Long.toString(user)).update();

            assertThat(order(10_000, EVENING).isEmpty()).as(status.name()).isEqualTo(status == OrderStatus.CLOSED);
        }
    }

    @Test
    void saysThatNothingIsLeftWhenTheLimitWasLowered() {
        order(10_000, EVENING);

        Refusal refusal = limits.insertWithin(anyOrder(1, EVENING), Optional.of(Money.ofFen(5_000))).orElseThrow();

        assertThat(refusal.arguments()).containsExactly("50.00", "0.00");
    }

    @Test
    void withoutALimitThereIsNone() {
        for (int i = 0; i < Limits.UNPAID_ORDERS; i++) {
            assertThat(limits.insertWithin(anyOrder(Integer.MAX_VALUE, EVENING), Optional.empty())).isEmpty();
        }
    }

    @Test
    void ordersAtTheSameMomentDoNotExceedTheLimitTogether() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<Refusal>>> calls = IntStream.range(0, 15)
                    .<Callable<Optional<Refusal>>>mapToObj(_ -> () -> order(3_000, EVENING)).toList();
            List<Refusal> refusals = new ArrayList<>();
            for (Future<Optional<Refusal>> each : threads.invokeAll(calls)) {
                each.get().ifPresent(refusals::add);
            }

            assertThat(refusals).hasSize(12).allMatch(refusal -> refusal.message() == OrderCode.TOO_MUCH_TODAY);
            assertThat(
                    jdbc.sql("select sum(minor_units) from orders.topup where user_id = ?").param(Long.toString(user)).query(Long.class)
                            .single())
                    .isEqualTo(9_000);
        }
    }

    @Test
    void aDayHasOnlySoManyOrdersForWhichNothingIsPaid() {
        Instant last = EVENING;
        for (int i = 0; i < Limits.UNPAID_PER_DAY; i++) {
            last = EVENING.plus(Duration.ofMinutes(10L * i));
            assertThat(limits.insertWithin(anyOrder(1, last), Optional.empty())).isEmpty();
            setAll("CLOSED");
        }
        Instant next = last.plus(Duration.ofMinutes(10));

        Refusal refusal = limits.insertWithin(anyOrder(1, next), Optional.empty()).orElseThrow();

        assertThat(refusal.message()).isEqualTo(OrderCode.TOO_MANY_UNPAID);
        assertThat(refusal.retryAfter()).contains(Duration.between(next, EVENING.plus(Duration.ofDays(1))));
        assertThat(limits.insertWithin(anyOrder(1, EVENING.plus(Duration.ofDays(1))), Optional.empty())).isEmpty();
        setAll("CREDITED");
        assertThat(limits.insertWithin(anyOrder(1, next), Optional.empty())).as("all are paid").isEmpty();
    }

    private void setAll(String status) {
        jdbc.sql("update orders.topup set status = ? where user_id = ?").params(status, Long.toString(user)).update();
    }

    /// Each waits for the provider then; none has asked yet when the next is counted.
    @Test
    void ordersAtTheSameMomentDoNotExceedTheUnpaidTogether() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<Refusal>>> calls = IntStream.range(0, 15)
                    .<Callable<Optional<Refusal>>>mapToObj(_ -> () -> limits.insertWithin(anyOrder(1, EVENING), Optional.empty())).toList();
            List<Refusal> refusals = new ArrayList<>();
            for (Future<Optional<Refusal>> each : threads.invokeAll(calls)) {
                each.get().ifPresent(refusals::add);
            }

            assertThat(refusals).hasSize(15 - Limits.UNPAID_ORDERS).allMatch(refusal -> refusal.message() == OrderCode.TOO_MANY_UNPAID);
        }
    }

    @Test
    void oneThatGotNoCodeGivesItsPlaceBackAndOneThatNobodyAsksForKeepsItForAnAttempt() {
        List<TopUpOrder> all = IntStream.range(0, Limits.UNPAID_ORDERS).mapToObj(_ -> anyOrder(1, EVENING)).toList();
        all.forEach(each -> assertThat(limits.insertWithin(each, Optional.empty())).isEmpty());
        OrderTransitions moves = context.getBean(OrderTransitions.class);

        moves.release(all.getFirst().tradeNumber(), new OrderTransitions.Claim(false, ""));

        assertThat(moves.claim(all.getFirst().tradeNumber(), EVENING, Limits.ATTEMPT_WITHIN)).as("the next one may ask").isPresent();
        moves.release(all.getFirst().tradeNumber(), new OrderTransitions.Claim(false, ""));
        assertThat(order(1, EVENING)).isEmpty();
        assertThat(order(1, EVENING)).isPresent();
        assertThat(order(1, EVENING.plus(Limits.ATTEMPT_WITHIN))).as("whoever placed the others has died").isEmpty();
    }

    /// What is paid and could not be credited would be lost to its payer: an account holds no more than a `long`.
    @Test
    void refusesWhatTheAccountCouldNotHoldTogetherWithWhatItHasAndWaitsFor() {
        long half = 1L << 62;

        assertThat(limits.insertWithin(orderOf(half), Optional.empty())).isEmpty();
        assertThat(limits.insertWithin(orderOf(half), Optional.empty())).map(Refusal::message).contains(OrderCode.AMOUNT_TOO_LARGE);
        assertThat(limits.insertWithin(orderOf(half - 1), Optional.empty())).as("up to the last unit").isEmpty();
        assertThat(limits.insertWithin(orderOf(1), Optional.empty())).map(Refusal::message).contains(OrderCode.AMOUNT_TOO_LARGE);

        jdbc.sql("update orders.topup set status = 'CLOSED' where user_id = ?").param(Long.toString(user)).update();
        assertThat(limits.insertWithin(orderOf(half), Optional.empty())).as("those ended without money").isEmpty();

        user = nextUser++;
        jdbc.sql("insert into orders.user_quota (user_id, quota) values (?, ?)").params(Long.toString(user), half).update();
        assertThat(limits.insertWithin(orderOf(half), Optional.empty())).as("with what the user has").map(Refusal::message)
                .contains(OrderCode.AMOUNT_TOO_LARGE);
    }

    private TopUpOrder orderOf(long quota) {
        TradeNumber number = TradeNumber.next();
        return TopUpOrder.of(Facts.order(number.value(), user, 1, quota, Facts.MERCHANT, EVENING), number.value(), "127.0.0.1",
                "https://pay.example.com/api/wechat/notify");
    }

    @Test
    void anAttemptOfAClockThatWasAheadDoesNotCountAsUnpaid() {
        OrderTransitions moves = context.getBean(OrderTransitions.class);
        for (int i = 0; i < Limits.UNPAID_ORDERS; i++) {
            TopUpOrder each = anyOrder(1, EVENING);
            assertThat(limits.insertWithin(each, Optional.empty())).isEmpty();
            moves.claim(each.tradeNumber(), EVENING.plusSeconds(3600), Limits.ATTEMPT_WITHIN);
        }

        assertThat(order(1, EVENING.plusSeconds(1))).isEmpty();
    }

    private Optional<Refusal> order(long fen, Instant at) {
        return limits.insertWithin(anyOrder(fen, at), LIMIT);
    }

    private TopUpOrder anyOrder(long fen, Instant at) {
        TradeNumber number = TradeNumber.next();
        return TopUpOrder.of(Facts.order(number.value(), user, fen, 5_000_000, Facts.MERCHANT, at), number.value(), "127.0.0.1",
                "https://pay.example.com/api/wechat/notify");
    }
}
