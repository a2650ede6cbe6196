package dev.sluice.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.testing.Facts;

import static org.assertj.core.api.Assertions.assertThat;

/// The statements that change an order, on a real PostgreSQL.
class OrderTransitionsIT {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext context;
    private static OrderTransitions moves;
    private static JdbcClient jdbc;

    @EnableAutoConfiguration
    @Import({OrderTransitions.class, StoredValues.class})
    static class OnlyTheMoves {}

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        context = new SpringApplicationBuilder(OnlyTheMoves.class).web(WebApplicationType.NONE).run(
                "--spring.config.name=none", "--spring.flyway.locations=classpath:db/orders", "--spring.flyway.schemas=orders",
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres");
        moves = context.getBean(OrderTransitions.class);
        jdbc = context.getBean(JdbcClient.class);
    }

    @AfterAll
    static void stop() throws Exception {
        context.close();
        postgres.close();
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
            case AWAITING_PAYMENT -> moves.awaitPayment(number, "weixin://pay");
            case PAID -> moves.pay(number, new TransactionId("X1"), NOW);
            case CREDITED -> moves.credit(number, new TransactionId("X1"), NOW, true);
            case HELD -> moves.hold(number);
            case CLOSED -> moves.close(number);
        };

        boolean legal = to.reachableFrom().contains(from);
        assertThat(moved).isEqualTo(legal);
        assertThat(text("select status from orders.topup where trade_no = ?", number)).isEqualTo(legal ? to.name() : from.name());
        assertThat(text("select version from orders.topup where trade_no = ?", number)).isEqualTo(legal ? "2" : "1");
        assertThat(text("select string_agg(status, ' ' order by version) from orders.progress where trade_no = ?", number))
                .isEqualTo(legal ? "NEW " + to : "NEW");
    }

    @Test
    void anOrderWithoutACodeIsFoundWhenItsTimeIsOverAndByOneOnly() {
        TradeNumber forgotten = anyOrder(NOW.minusSeconds(1));
        TradeNumber stillGoing = anyOrder(NOW.plusSeconds(1));
        TradeNumber withACode = anyOrder(NOW.minusSeconds(1));
        moves.awaitPayment(withACode, "weixin://pay");

        assertThat(moves.claimUnpublished(NOW, Duration.ofMinutes(30), Duration.ofDays(1), 100)).contains(forgotten)
                .doesNotContain(stillGoing, withACode);
        assertThat(moves.claimUnpublished(NOW, Duration.ofMinutes(30), Duration.ofDays(1), 100)).doesNotContain(forgotten);
        assertThat(moves.claimUnpublished(NOW.plusSeconds(1801), Duration.ofMinutes(30), Duration.ofDays(1), 100)).as("and later again")
                .contains(forgotten);
        assertThat(moves.claimUnpublished(NOW.plus(Duration.ofDays(2)), Duration.ofMinutes(30), Duration.ofDays(1), 100))
                .as("but not for ever").doesNotContain(forgotten);
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
        moves.restore(Facts.order(number.value(), 1, 7300, 5_000_000, Facts.MERCHANT, expiresAt.minus(Facts.EXPIRY)));
        return number;
    }

    private static String text(String query, TradeNumber number) {
        return String.valueOf(jdbc.sql(query).param(number.value()).query().singleValue());
    }
}
