package dev.sluice.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import dev.sluice.testing.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The jars as separate processes, two of gateway, worker and reconciler each, while under load Kafka and PostgreSQL go away and come
/// back, and one of each is killed. No process is restarted. The profile `deep` makes the outages long.
@BesideOthers
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeparateProcessesIT {
    private static final long UNIT = 500_000;
    /// After the apps' readiness was red; longer than any wait for Kafka or PostgreSQL that an app allows itself.
    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("sluice.test.outage", 8));
    private static final Duration RED_WITHIN = Duration.ofSeconds(10);
    private static final AtomicLong NEXT_USER = new AtomicLong(1);

    @TempDir
    private static Path folder;
    private static Fleet fleet;

    @BeforeAll
    static void start() throws Exception {
        fleet = new Fleet(folder);
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    /// Users who order and pay, four times a second, every other by Alipay; of every third payment the provider tells nobody.
    private static final class Load {
        final Queue<Paid> paid = new ConcurrentLinkedQueue<>();
        final AtomicInteger refused = new AtomicInteger();
        private final AtomicBoolean goOn = new AtomicBoolean(true);
        private final Queue<Thread> buying = new ConcurrentLinkedQueue<>();
        private final Thread thread = Thread.ofVirtual().start(this::run);

        record Paid(Shopper shopper, String number) {}

        private void run() {
            for (int i = 0; goOn.get(); i++) {
                int turn = i;
                buying.add(Thread.ofVirtual().start(() -> buy(turn)));
                try {
                    Thread.sleep(250);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void buy(int turn) {
            try {
                Shopper shopper = Shopper.of(fleet.sluice, NEXT_USER.incrementAndGet(), fleet.secret);
                JsonNode order = shopper.order(turn % 2 == 0 ? "wechat" : "alipay", 10, "k");
                String number = order.path("order_id").asString();
                if (turn % 3 == 0) {
                    fleet.sluice.faults(number, List.of("NEVER_NOTIFIED"));
                }
                if (!shopper.pay(order).path("transaction_id").asString("").isEmpty()) {
                    paid.add(new Paid(shopper, number));
                }
            } catch (IllegalStateException e) {
                // Told to come again: no code, no payment.
                refused.incrementAndGet();
            }
        }

        /// No new orders; those that are being paid are.
        void end() throws InterruptedException {
            goOn.set(false);
            thread.join();
            for (Thread each : buying) {
                each.join();
            }
        }

        void isCreditedEachOnce() {
            for (Paid each : paid) {
                each.shopper().awaitStatus(each.number(), "CREDITED");
                assertThat(each.shopper().quota()).as(each.number()).isEqualTo(10 * UNIT);
            }
            // Whatever was away meanwhile, the story is whole.
            Shopper operator = Shopper.operator(fleet.sluice, fleet.secret);
            for (Paid each : paid.stream().limit(3).toList()) {
                operator.awaitTimeline(each.number(), "OrderCreated", "QuotaCredited");
                assertThat(operator.timeline(each.number())).anySatisfy(entry -> assertThat(entry).startsWith("PaymentConfirmed "));
                assertThat(operator.story(each.number())).contains("已入账");
            }
            List<String> numbers = paid.stream().map(Paid::number).toList();
            assertThat(fleet.database().sql("select trade_no from ledger.transfer where trade_no in (:numbers)").param("numbers", numbers)
                    .query(String.class).list()).containsExactlyInAnyOrderElementsOf(numbers);
            assertThat(fleet.database().sql("select sum(balance) from ledger.account").query(Long.class).single())
                    .isEqualTo(fleet.database().sql("select sum(quota) from ledger.transfer").query(Long.class).single());
        }
    }

    /// The sweep finds the payment first; the notice comes a quarter of a minute later.
    @Test
    @Order(0)
    void toldLateItIsNotCreditedAgain() throws Exception {
        atOnce(List.of("wechat", "alipay"), method -> {
            Shopper shopper = Shopper.of(fleet.sluice, NEXT_USER.incrementAndGet(), fleet.secret);
            JsonNode order = shopper.order(method, 10, "k");
            String number = order.path("order_id").asString();
            fleet.sluice.faults(number, List.of("NOTIFIED_LATE"));
            try (Progress _ = Progress.open(shopper, number)) {
                shopper.pay(order);
                shopper.awaitStatus(number, "CREDITED");
            }
            assertThat(told(number)).isFalse();
            await().atMost(Running.SOON).until(() -> told(number));
            pause(Duration.ofSeconds(1));

            assertThat(shopper.quota()).isEqualTo(10 * UNIT);
            assertThat(fleet.database().sql("select quota from ledger.transfer where trade_no = ?").param(number).query(Long.class).list())
                    .containsExactly(10 * UNIT);
            return number;
        });
    }

    private static boolean told(String number) {
        return fleet.instances.get("notify-gateway").stream()
                .anyMatch(gateway -> gateway.log().lines().anyMatch(line -> line.contains("payment confirmed") && line.contains(number)));
    }

    @Test
    @Order(1)
    void kafkaIsAwayUnderLoad() throws Exception {
        Load load = new Load();
        await().atMost(Running.SOON).until(() -> load.paid.size() >= 10);
        fleet.stopKafka();
        int refusedBefore = load.refused.get();
        pause(RED_WITHIN);
        assertThat(readiness("order-api", "notify-gateway", "recharge-worker", "reconciler")).as("all of them need the log")
                .containsOnly(503);
        pause(OUTAGE);
        assertThat(load.refused).as("no new orders").hasValueGreaterThan(refusedBefore);
        fleet.startKafka();
        awaitReady();
        pause(Duration.ofSeconds(3));
        load.end();
        System.out.printf("Kafka away for %s: %d paid, %d refused%n", OUTAGE, load.paid.size(), load.refused.get());
        assertThat(load.paid).hasSizeGreaterThan(20);

        load.isCreditedEachOnce();
    }

    @Test
    @Order(2)
    void postgresIsAwayUnderLoad() throws Exception {
        Shopper shopper = Shopper.of(fleet.sluice, NEXT_USER.incrementAndGet(), fleet.secret);
        JsonNode order = shopper.order("wechat", 10, "k");
        Load load = new Load();
        await().atMost(Running.SOON).until(() -> load.paid.size() >= 10);
        fleet.stopPostgres();
        pause(RED_WITHIN);
        assertThat(readiness("order-api", "recharge-worker", "reconciler")).containsOnly(503);
        await().atMost(Duration.ofSeconds(5)).untilAsserted(
                () -> assertThat(readiness("notify-gateway")).as("notifications are still taken").containsOnly(200));
        String number = order.path("order_id").asString();
        assertThat(fleet.sluice.post("/api/wechat/notify", SentNotifications.contentType("wechat"),
                new SentNotifications(fleet.keys()).paid("wechat", number, "PG" + number, 7300)))
                .isEqualTo(SentNotifications.success("wechat"));
        pause(OUTAGE);
        fleet.startPostgres();
        awaitReady();
        pause(Duration.ofSeconds(3));
        load.end();
        System.out.printf("PostgreSQL away for %s: %d paid, %d refused%n", OUTAGE, load.paid.size(), load.refused.get());
        shopper.awaitStatus(number, "CREDITED");

        load.isCreditedEachOnce();
    }

    @Test
    @Order(3)
    void oneOfTwoIsKilledOfEachUnderLoad() throws Exception {
        Load load = new Load();
        for (String app : List.of("notify-gateway", "recharge-worker", "reconciler")) {
            pause(Duration.ofSeconds(4));
            fleet.instances.get(app).getFirst().kill();
        }
        pause(Duration.ofSeconds(4));
        load.end();
        System.out.printf("one of each killed: %d paid, %d refused%n", load.paid.size(), load.refused.get());
        assertThat(load.paid).hasSizeGreaterThan(40);

        load.isCreditedEachOnce();
    }

    private static List<Integer> readiness(String... apps) throws Exception {
        return atOnce(List.of(apps).stream().flatMap(app -> fleet.instances.get(app).stream()).toList(), SeparateProcessesIT::readiness);
    }

    private static int readiness(Running instance) {
        try {
            assertThat(instance.manage("/livez").statusCode()).as("it lives all the same").isEqualTo(200);
            return instance.manage("/readyz").statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T, R> List<R> atOnce(List<T> each, Function<T, R> done) throws Exception {
        List<R> results = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(each.stream().<Callable<R>>map(one -> () -> done.apply(one)).toList())) {
                results.add(result.get());
            }
        }
        return results;
    }

    private static void awaitReady() {
        fleet.instances.values().forEach(all -> all.forEach(Running::awaitReady));
    }

    private static void pause(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusSeconds(5)).until(() -> true);
    }
}
