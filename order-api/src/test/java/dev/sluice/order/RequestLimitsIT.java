package dev.sluice.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.event.UserId;
import dev.sluice.testing.StandingClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Two instances on one PostgreSQL, by a clock that stands still.
class RequestLimitsIT {
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private static EmbeddedPostgres postgres;
    private static HikariDataSource firstPool;
    private static HikariDataSource secondPool;

    private final StandingClock clock = new StandingClock(START);
    private RequestLimits first;
    private RequestLimits second;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/orders").schemas("orders").load().migrate();
        firstPool = pool();
        secondPool = pool();
    }

    @AfterAll
    static void stop() throws Exception {
        firstPool.close();
        secondPool.close();
        postgres.close();
    }

    @BeforeEach
    void twoInstances() {
        jdbc().sql("delete from orders.request_limit").update();
        first = new RequestLimits(firstPool, clock);
        second = new RequestLimits(secondPool, clock);
    }

    @Test
    void twoInstancesShareTheLimitOfAUser() {
        for (int i = 0; i < Limits.REQUESTS_OF_A_USER; i++) {
            assertThat((i % 2 == 0 ? first : second).admit(user(1), "192.0.2." + i)).isEmpty();
        }

        for (RequestLimits each : List.of(first, second)) {
            Refusal refusal = each.admit(user(1), "198.51.100.1").orElseThrow();
            assertThat(refusal.message()).isEqualTo(Message.TOO_MANY_REQUESTS);
            assertThat(refusal.retryAfter()).as("half a second for each of 120 a minute").contains(Duration.ofMillis(500));
        }
        assertThat(first.admit(user(2), "192.0.2.1")).isEmpty();
    }

    @Test
    void askingAtTheSameMomentOfTwoInstancesBringsNotOneMore() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<Refusal>>> calls = IntStream.range(0, 200)
                    .<Callable<Optional<Refusal>>>mapToObj(i -> () -> (i % 2 == 0 ? first : second).admit(user(1), "192.0.2.1")).toList();
            int admitted = 0;
            for (Future<Optional<Refusal>> each : threads.invokeAll(calls)) {
                admitted += each.get().isEmpty() ? 1 : 0;
            }

            assertThat(admitted).isEqualTo((int) Limits.REQUESTS_OF_A_USER);
        }
    }

    @Test
    void admitsAgainAfterTheTimeThatItTold() {
        exhaust(user(1));
        clock.set(START.plusMillis(499));
        assertThat(first.admit(user(1), "192.0.2.1").orElseThrow().retryAfter()).contains(Duration.ofMillis(1));

        clock.set(START.plusMillis(500));

        assertThat(second.admit(user(1), "192.0.2.1")).isEmpty();
        assertThat(first.admit(user(1), "192.0.2.1")).isPresent();
        clock.set(START.plusSeconds(90));
        exhaust(user(1));
    }

    @Test
    void aFullAddressTakesNothingFromItsUsersAndAFullUserNothingFromTheAddress() {
        exhaust(user(99));
        second.admit(user(99), "203.0.113.9");
        long others = Limits.REQUESTS_OF_AN_ADDRESS / Limits.REQUESTS_OF_A_USER;
        for (long other = 1; other <= others; other++) {
            for (int i = 0; i < Limits.REQUESTS_OF_A_USER; i++) {
                assertThat(first.admit(user(other), "203.0.113.9")).isEmpty();
            }
        }

        for (RequestLimits each : List.of(first, second)) {
            Refusal refusal = each.admit(user(50), "203.0.113.9").orElseThrow();
            assertThat(refusal.message()).isEqualTo(Message.TOO_MANY_FROM_ADDRESS);
            assertThat(refusal.retryAfter()).contains(Duration.ofMillis(50));
        }
        exhaust(user(50));
    }

    @Test
    void anIpv6CustomerIsOneAddress() {
        for (int i = 0; i < Limits.REQUESTS_OF_AN_ADDRESS; i++) {
            assertThat(first.admit(user(1 + i), "2001:db8:0:1:0:0:0:" + Integer.toHexString(i))).isEmpty();
        }

        assertThat(second.admit(user(5_000), "2001:db8:0:1:ffff:0:0:1")).isPresent();
        assertThat(second.admit(user(5_000), "2001:db8:0:2:0:0:0:1")).isEmpty();
    }

    @Test
    void forgetsThoseWhoHaveNotAskedLately() {
        first.admit(user(1), "192.0.2.1");
        // As if they had asked a minute ago: the library forgets by the real clock.
        jdbc().sql("update orders.request_limit set expires_at = expires_at - 60000").update();
        second.admit(user(2), "192.0.2.2");

        first.forget();

        assertThat(jdbc().sql("select id from orders.request_limit order by id").query(String.class).list())
                .containsExactly("address:192.0.2.2", "user:2");
    }

    @Test
    void failsAsEverythingDoesWhenTheDatabaseIsAway() {
        HikariDataSource closed = pool();
        closed.close();

        assertThatThrownBy(() -> new RequestLimits(closed, clock).admit(user(1), "192.0.2.1"))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    private void exhaust(UserId user) {
        for (int i = 0; i < Limits.REQUESTS_OF_A_USER; i++) {
            assertThat(first.admit(user, "192.0.2." + i)).isEmpty();
        }
        assertThat(first.admit(user, "192.0.2.1")).isPresent();
    }

    private static UserId user(long id) {
        return new UserId(id);
    }

    private static JdbcClient jdbc() {
        return JdbcClient.create(postgres.getPostgresDatabase());
    }

    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
        pool.setMaximumPoolSize(12);
        return pool;
    }
}
