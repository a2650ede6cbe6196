package dev.sluice.standalone;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// It is the first in its demo, since it counts the open holds of all.
/// What operators do when money waits for a person, or an order for nobody: the demo in a process of its own.
@ExtendWith(SharedDemo.class)
@Order(3)
class ActsJourneyIT {
    private static final long UNIT = 500_000;
    private static final AtomicLong NEXT_USER = new AtomicLong(40_000);

    private static SharedDemo.Started demo;
    private static Running sluice;
    private static Properties keys;
    private static String secret;

    @BeforeAll
    static void start(SharedDemo.Started shared) {
        demo = shared;
        sluice = shared.sluice();
        keys = shared.keys();
        secret = shared.jwtSecret();
    }

    /// G5, after whatever was decided; and nothing waits for a person any more.
    @AfterEach
    void theBooksBalanceAndNothingIsOpen() {
        sluice.faults("", List.of());
        assertThat(ledger("select coalesce(sum(balance), 0) from ledger.account"))
                .isEqualTo(ledger("""
                        select coalesce(sum(case when credit_account like 'user:%' then quota else 0 end
                            - case when debit_account like 'user:%' then quota else 0 end), 0) from ledger.transfer"""));
        await().atMost(Running.SOON).until(() -> metric("sluice_holds_open") == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void aWrongAmountIsReleasedToTheOrdersUserForAsMuchAsWasPaid(String method) {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order(method, 10, "k");
        sluice.faults(number(order), List.of("WRONG_AMOUNT"));
        shopper.pay(order);
        shopper.awaitStatus(number(order), "HELD");

        JsonNode answer = act(number(order), "resolve", Map.of("resolution", "credit", "reason", "one fen is a trifle"));

        // One fen less than 73 yuan was paid.
        long share = 10 * UNIT * 7299 / 7300;
        assertThat(answer.path("data").path("quota").asLong()).isEqualTo(share);
        shopper.awaitStatus(number(order), "CREDITED");
        assertThat(shopper.quota()).isEqualTo(share);
        assertThat(shopper.view(number(order)).path("quota").asLong()).isEqualTo(share);
        assertThat(transfers(number(order))).containsExactly("RELEASE " + share);
        timelineHas(number(order), "PaymentHeld AMOUNT_MISMATCH", "HoldResolved one fen is a trifle", "QuotaCredited");
        assertThat(story(number(order))).contains("released by operator 1000000, " + share + " quota credited");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void whatWasPaidTwiceIsRefunded(String method) {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order(method, 10, "k");
        sluice.faults(number(order), List.of("PAID_TWICE"));
        shopper.pay(order);
        timelineHas(number(order), "QuotaCredited", "PaymentHeld DUPLICATE_PAYMENT");

        // The holds are another view than the timeline; a decision that is repeated is the same one.
        await().atMost(Running.SOON).untilAsserted(
                () -> assertThat(act(number(order), "resolve", Map.of("resolution", "refund", "reason", "paid twice")).path("data")
                        .path("resolution").asString()).isEqualTo("refund"));

        timelineHas(number(order), "HoldResolved paid twice");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(story(number(order))).contains(10 * UNIT + " quota credited",
                " not credited, refunded by decision of operator 1000000"));
        assertThat(shopper.quota()).isEqualTo(10 * UNIT);
        assertThat(transfers(number(order))).containsExactly("CREDIT " + 10 * UNIT);
        JsonNode again = act(number(order), "resolve", Map.of("resolution", "credit", "reason", "or not?"));
        assertThat(again.path("code").asString()).isEqualTo("HOLD_RESOLVED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void moneyForANumberThatWeNeverIssuedIsCreditedToWhomAPersonNames(String method) throws IOException {
        Shopper shopper = anyShopper();
        String number = "01STRANGE" + method.toUpperCase(Locale.ROOT);
        String notice = new SentNotifications(keys).paid(method, number, "42000" + NEXT_USER.get(), 100);
        assertThat(sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method), notice))
                .isEqualTo(SentNotifications.success(method));
        timelineHas(number, "PaymentHeld UNKNOWN_ORDER");

        Map<String, Object> decision = new HashMap<>(Map.of("resolution", "credit", "reason", "they showed the receipt"));
        await().atMost(Running.SOON)
                .until(() -> act(number, "resolve", decision).path("code").asString().equals("CREDIT_NEEDS_USER_AND_QUOTA"));
        decision.putAll(Map.of("user_id", NEXT_USER.get(), "quota", 68_493));
        assertThat(act(number, "resolve", decision).path("success").asBoolean()).isTrue();

        await().atMost(Running.SOON).until(() -> shopper.quota() == 68_493);
        assertThat(transfers(number)).containsExactly("RELEASE 68493");
        timelineHas(number, "HoldResolved they showed the receipt", "QuotaCredited");
        assertThat(story(number)).startsWith("Not an order of this system").contains("68493 quota credited to user " + NEXT_USER.get());
    }

    /// Nobody has scanned the code of Alipay, and WeChat Pay closes no order this young: the order ends, and its code lives on.
    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void aCancelledOrderIsClosedOnThePageAndMoneyThatComesLaterIsCreditedLate(String method) {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order(method, 10, "k");
        Instant asked = Instant.now();

        assertThat(act(number(order), "cancel", Map.of("reason", "the payer wants another amount")).path("success").asBoolean()).isTrue();

        shopper.awaitStatus(number(order), "CLOSED");
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
        timelineHas(number(order), "CancelRequested the payer wants another amount", "OrderClosed CANCELLED");
        assertThat(story(number(order))).contains("order cancelled by operator 1000000");
        assertThat(act(number(order), "cancel", Map.of("reason", "once more")).path("code").asString()).isEqualTo("CANCEL_NOT_POSSIBLE");
        assertThat(shopper.pay(order).path("transaction_id").asString("")).as("the code lives on").isNotEmpty();
        shopper.awaitStatus(number(order), "CREDITED");
        assertThat(shopper.view(number(order)).path("late").asBoolean()).isTrue();
        assertThat(shopper.quota()).isEqualTo(10 * UNIT);
        timelineHas(number(order), "OrderClosed CANCELLED", "PaymentConfirmed NOTIFICATION", "QuotaCredited");
    }

    @Test
    void aScannedCodeOfAlipayCannotBePaidAnyMoreOnceItsOrderIsCancelled() {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order("alipay", 10, "k");
        sluice.postJson("/wallet/api/open", "", Map.of("code", order.path("pay_url").asString()));

        act(number(order), "cancel", Map.of("reason", "a mistake"));

        shopper.awaitStatus(number(order), "CLOSED");
        assertThat(shopper.pay(order).path("transaction_id").asString("")).isEmpty();
        timelineHas(number(order), "CancelRequested a mistake", "ProviderAnswer UNPAID WAIT_BUYER_PAY", "ProviderAnswer CLOSED",
                "OrderClosed CANCELLED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void whatIsPaidAlreadyIsCreditedAndNotCancelled(String method) {
        Shopper shopper = anyShopper();
        JsonNode order = shopper.order(method, 10, "k");
        sluice.faults(number(order), List.of("NEVER_NOTIFIED"));
        shopper.pay(order);

        act(number(order), "cancel", Map.of("reason", "nobody told us"));

        shopper.awaitStatus(number(order), "CREDITED");
        assertThat(shopper.view(number(order)).path("late").asBoolean()).isFalse();
        assertThat(Shopper.operator(sluice, secret).timeline(number(order))).noneMatch(entry -> entry.startsWith("OrderClosed"));
    }

    private static Shopper anyShopper() {
        return Shopper.of(sluice, NEXT_USER.incrementAndGet(), secret);
    }

    private static String number(JsonNode order) {
        return order.path("order_id").asString();
    }

    private static JsonNode act(String number, String act, Map<String, ?> body) {
        return sluice.postJson("/api/topup/" + number + "/" + act, Shopper.operator(sluice, secret).token(), body, "Accept-Language", "en");
    }

    private static void timelineHas(String number, String... entries) {
        await().atMost(Running.SOON)
                .untilAsserted(() -> assertThat(Shopper.operator(sluice, secret).timeline(number)).as(number).containsSubsequence(entries));
    }

    private static String story(String number) {
        return sluice.getJson("/api/topup/" + number + "/timeline", Shopper.operator(sluice, secret).token(), "Accept-Language", "en")
                .path("data").path("story").asString();
    }

    private static List<String> transfers(String number) {
        return sluice.ledger(demo.data())
                .sql("select kind || ' ' || quota from ledger.transfer where trade_no = ? order by kind")
                .param(number).query(String.class).list();
    }

    private static long ledger(String query) {
        return sluice.ledger(demo.data()).sql(query).query(Long.class).single();
    }

    private static double metric(String name) throws IOException {
        return sluice.manage("/metrics").body().lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
