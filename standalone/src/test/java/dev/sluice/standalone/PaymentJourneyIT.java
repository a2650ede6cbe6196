package dev.sluice.standalone;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.standalone.embedded.FreePort;
import dev.sluice.testing.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The whole path, seen from outside: the demo in a process of its own, with both providers of the sandbox.
@BesideOthers
@Order(2)
class PaymentJourneyIT {
    private static final long UNIT = 500_000;
    private static final AtomicLong NEXT_USER = new AtomicLong(1000);

    @TempDir
    private static Path folder;
    private static Running sluice;
    private static Properties keys;

    @BeforeAll
    static void start() throws Exception {
        sluice = Running.demo(folder.resolve("data"), FreePort.find());
        keys = keys(folder.resolve("data"));
    }

    private static Properties keys(Path data) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(data.resolve("demo/keys.properties"))) {
            properties.load(in);
        }
        return properties;
    }

    @AfterAll
    static void stop() {
        sluice.close();
    }

    private static Shopper anyShopper(Running at) {
        return Shopper.of(at, NEXT_USER.incrementAndGet(), keys.getProperty("jwt-secret"));
    }

    private static Shopper operator() {
        return Shopper.operator(sluice, keys.getProperty("jwt-secret"));
    }

    private static Shopper anyShopper() {
        return anyShopper(sluice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void aPaidOrderIsCredited(String method) throws Exception {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order(method, 10, "k");
        String number = order.path("order_id").asString();
        try (Progress progress = Progress.open(shopper, number)) {
            JsonNode seen = shopper.sluice().postJson("/wallet/api/open", "", Map.of("code", order.path("pay_url").asString()));
            assertThat(seen.path("amount").asString()).isEqualTo("73.00");
            assertThat(seen.path("subject").asString()).isEqualTo("AI服务充值");

            JsonNode paid = shopper.pay(order);

            await().atMost(Running.SOON).until(() -> progress.states().contains("CREDITED"));
            assertThat(progress.states()).containsExactly("NEW", "AWAITING_PAYMENT", "PAID", "CREDITED");
            assertThat(shopper.view(number).path("transaction_id")).isEqualTo(paid.path("transaction_id"));
            assertThat(shopper.view(number).path("late").asBoolean()).isFalse();
            assertThat(shopper.quota()).isEqualTo(10 * UNIT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void theWalletPageLeadsToTheSame(String method) throws Exception {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order(method, 2, "k");
        String code = java.net.URLEncoder.encode(order.path("pay_url").asString(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(sluice.get("/wallet?code=" + code, "").body()).contains("14.60").contains("AI服务充值");
        assertThat(sluice.post("/wallet/pay", "application/x-www-form-urlencoded", "code=" + code)).as("leads to a page").isEmpty();
        assertThat(sluice.get("/wallet?code=" + code, "").body()).contains("支付成功");

        shopper.awaitStatus(order.path("order_id").asString(), "CREDITED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void toldTwentyTimesAtOnceItIsCreditedOnce(String method) throws Exception {
        Shopper shopper = anyShopper();
        String number = shopper.order(method, 10, "k").path("order_id").asString();
        String notice = new SentNotifications(keys).paid(method, number, "T20" + number, 7300);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> tell = () -> sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method), notice);
            for (var told : threads.invokeAll(IntStream.range(0, 20).mapToObj(_ -> tell).toList())) {
                assertThat(told.get()).isEqualTo(SentNotifications.success(method));
            }
        }

        shopper.awaitStatus(number, "CREDITED");
        // All twenty have been looked at when a later payment is credited: they share the order's partition.
        assertThat(sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method), notice))
                .isEqualTo(SentNotifications.success(method));
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).until(() -> shopper.quota() == 10 * UNIT);
        assertThat(credits(sluice, folder.resolve("data"), number)).containsExactly(10 * UNIT);
        await().atMost(Running.SOON).untilAsserted(() -> assertThat(operator().timeline(number)).as("at once, some may be appended twice")
                .filteredOn(entry -> entry.equals("PaymentConfirmed NOTIFICATION")).hasSizeBetween(1, 20));
        assertThat(operator().story(number)).contains("已入账");
    }

    /// The quota of each transfer of an order, as the ledger has them.
    private static List<Long> credits(Running at, Path data, String number) {
        return at.ledger(data).sql("select quota from ledger.transfer where trade_no = ?").param(number).query(Long.class).list();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void aForgedNoticeIsRefused(String method) throws Exception {
        Shopper shopper = anyShopper();
        String number = shopper.order(method, 10, "k").path("order_id").asString();
        Properties othersKeys = keys(folder.resolve("data"));
        othersKeys.setProperty("wechat-api-key", "0".repeat(32));
        String good = new SentNotifications(keys).paid(method, number, "F" + number, 7300);
        String forged = method.equals("wechat")
                ? new SentNotifications(othersKeys).paid(method, number, "F" + number, 7300)
                : good.replace("total_amount=73.00", "total_amount=73.01");

        assertThat(sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method), forged))
                .isNotEqualTo(SentNotifications.success(method));

        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10))
                .until(() -> shopper.status(number).equals("AWAITING_PAYMENT") && shopper.quota() == 0);
        assertThat(sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method), good)).as("the right one still counts")
                .isEqualTo(SentNotifications.success(method));
        shopper.awaitStatus(number, "CREDITED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void aWrongAmountIsHeld(String method) throws Exception {
        Shopper shopper = anyShopper();
        String number = shopper.order(method, 10, "k").path("order_id").asString();

        assertThat(sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method),
                new SentNotifications(keys).paid(method, number, "W" + number, 7299)))
                .as("it is recorded, so it need not be told again")
                .isEqualTo(SentNotifications.success(method));

        shopper.awaitStatus(number, "HELD");
        assertThat(shopper.quota()).isZero();
        assertThat(sluice.log()).contains("AMOUNT_MISMATCH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void aPaymentThroughTheOtherProviderIsHeld(String method) throws Exception {
        Shopper shopper = anyShopper();
        String number = shopper.order(method, 10, "k").path("order_id").asString();
        String other = method.equals("wechat") ? "alipay" : "wechat";

        sluice.post("/api/" + other + "/notify", SentNotifications.contentType(other),
                new SentNotifications(keys).paid(other, number, "O" + number, 7300));

        shopper.awaitStatus(number, "HELD");
        assertThat(shopper.quota()).isZero();
        operator().awaitTimeline(number, "OrderCreated", "PaymentConfirmed NOTIFICATION", "PaymentHeld PROVIDER_MISMATCH");
        assertThat(operator().story(number)).contains("PROVIDER_MISMATCH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void theSameIdempotencyKeyIsTheSameOrder(String method) {
        Shopper shopper = anyShopper();

        assertThat(shopper.order(method, 10, "same")).isEqualTo(shopper.order(method, 10, "same"));
    }

    @Test
    void oneAnswersForAllWhereAnOperatorAsks() throws Exception {
        assertThat(sluice.manage("/readyz").body()).contains("\"recharge-worker\":\"UP\"");
        assertThat(sluice.manage("/metrics").body()).contains("sluice_money_waiting_fen").contains("application=\"notify-gateway\"")
                .contains("application=\"order-api\"");
        assertThat(sluice.get("/nothing", "").statusCode()).isEqualTo(404);
    }

    /// G1 and G3: what was acknowledged is credited without another word, whenever the process dies.
    @Test
    void killedWithFortyPaymentsInFlightEachAcknowledgedOneIsCreditedOnce() throws Exception {
        Path data = folder.resolve("killed");
        int port = FreePort.find();
        Running first = Running.demo(data, port);
        Properties demoKeys = keys(data);
        Map<String, Shopper> orders = new HashMap<>();
        Map<String, String> told = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            String method = i % 2 == 0 ? "wechat" : "alipay";
            Shopper shopper = Shopper.of(first, 5000 + i, demoKeys.getProperty("jwt-secret"));
            String number = shopper.order(method, 10, "k").path("order_id").asString();
            orders.put(number, shopper);
            told.put(number, method);
        }
        List<String> acknowledged = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> telling = new ArrayList<>();
        told.forEach((number, method) -> telling.add(Thread.ofVirtual().start(() -> {
            String notice = new SentNotifications(demoKeys).paid(method, number, "K" + number, 7300);
            try {
                if (first.post("/api/" + method + "/notify", SentNotifications.contentType(method), notice)
                        .equals(SentNotifications.success(method))) {
                    acknowledged.add(number);
                }
            } catch (java.io.IOException e) {
                // Killed before it could answer: nothing was promised.
            }
        })));
        await().atMost(Running.SOON).pollInterval(Duration.ofMillis(1)).until(() -> acknowledged.size() >= 10);
        first.kill();
        Instant killed = Instant.now();
        for (Thread each : telling) {
            each.join();
        }
        List<String> promised = List.copyOf(acknowledged);
        System.out.println("acknowledged before the kill: " + promised.size() + " of 40");

        try (Running second = Running.demo(data, port)) {
            long afterwards = 0;
            for (String number : promised) {
                Shopper shopper = new Shopper(second, orders.get(number).token());
                shopper.awaitStatus(number, "CREDITED");
                afterwards += Instant.parse(shopper.view(number).path("credited_at").asString()).isAfter(killed) ? 1 : 0;
            }
            System.out.println("acknowledged before the kill and credited only after the restart: " + afterwards);
            for (var order : orders.entrySet()) {
                Shopper shopper = new Shopper(second, order.getValue().token());
                boolean credited = shopper.status(order.getKey()).equals("CREDITED");
                assertThat(shopper.quota()).as(order.getKey()).isEqualTo(credited ? 10 * UNIT : 0);
            }
            // And those that were not: the provider tells again, as it would, and nothing is credited twice.
            for (var order : told.entrySet()) {
                String notice = new SentNotifications(demoKeys).paid(order.getValue(), order.getKey(), "K" + order.getKey(), 7300);
                assertThat(second.post("/api/" + order.getValue() + "/notify", SentNotifications.contentType(order.getValue()), notice))
                        .isEqualTo(SentNotifications.success(order.getValue()));
            }
            for (var order : orders.entrySet()) {
                Shopper shopper = new Shopper(second, order.getValue().token());
                shopper.awaitStatus(order.getKey(), "CREDITED");
                assertThat(shopper.quota()).isEqualTo(10 * UNIT);
                assertThat(credits(second, data, order.getKey())).as("in the ledger, too").containsExactly(10 * UNIT);
            }
            assertThat(second.ledger(data).sql("select sum(balance) from ledger.account").query(Long.class).single())
                    .isEqualTo(40 * 10 * UNIT);
        }
    }
}
