package dev.sluice.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/// Money back, the whole way: operator, ledger, reconciler and the provider of the sandbox, in the demo in a process of its own.
@ExtendWith(SharedDemo.class)
@Order(4)
class RefundJourneyIT {
    private static final long UNIT = 500_000;
    private static final AtomicLong NEXT_USER = new AtomicLong(60_000);
    /// A provider that gave no answer is asked after fifteen seconds, as is one that is still processing.
    private static final Duration PROVIDERS_TIME = Duration.ofSeconds(60);

    private static SharedDemo.Started demo;
    private static Running sluice;

    private final Shopper shopper = Shopper.of(sluice, NEXT_USER.incrementAndGet(), demo.jwtSecret());

    @BeforeAll
    static void start(SharedDemo.Started shared) {
        demo = shared;
        sluice = shared.sluice();
    }

    @AfterEach
    void noFaultIsLeft() {
        sluice.faults("", List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void aWholeRefundTakesAllTheQuotaAndIsMadeOnce(String method) {
        String number = credited(method, 10);

        JsonNode refund = refund(number, "73.00", "whole");

        assertThat(refund.path("data").path("quota").path("quota").asLong()).as(refund.toString()).isEqualTo(10 * UNIT);
        assertThat(shopper.quota()).as("reserved at once").isZero();
        awaitOrder(number, "REFUNDED");
        assertThat(refund(number, "73.00", "whole").path("data").path("state").path("status").asString()).as("the same request")
                .isEqualTo("REFUNDED");
        assertThat(atTheProvider(method, number)).containsExactly(7300L);
        assertThat(shopper.view(number).path("refunded_money").asString()).isEqualTo("73.00");
        awaitTransfers(number, "CREDIT 5000000", "RESERVE 5000000", "TAKE 5000000");
        operator(1).awaitTimeline(number, "RefundRequested whole", "RefundReserved whole", "RefundSucceeded", "QuotaTaken");
    }

    @Test
    void partsAddUpToTheWhole() {
        String number = credited("alipay", 10);

        for (String part : List.of("0.01", "33.33", "39.66")) {
            assertThat(refund(number, part, part).path("success").asBoolean()).isTrue();
        }

        awaitOrder(number, "REFUNDED");
        assertThat(atTheProvider("alipay", number)).containsExactlyInAnyOrder(1L, 3333L, 3966L);
        assertThat(shopper.quota()).isZero();
        assertThat(refund(number, "0.01", "more").path("code").asString()).isEqualTo("REFUND_ABOVE_LEFT");
    }

    /// The request was answered with an error, and the money moved all the same.
    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void anAnswerThatIsLostIsAskedForAndNoMoneyMovesTwice(String method) {
        String number = credited(method, 1);
        sluice.faults(number, List.of("REFUND_UNANSWERED"));

        refund(number, "7.30", "lost");
        await().atMost(PROVIDERS_TIME).until(() -> !atTheProvider(method, number).isEmpty());
        sluice.faults(number, List.of());

        awaitOrder(number, "REFUNDED");
        assertThat(atTheProvider(method, number)).containsExactly(730L);
    }

    @Test
    void theQuotaStaysReservedWhileTheProviderDoesNotAnswer() {
        String number = credited("alipay", 1);
        sluice.faults(number, List.of("REFUND_LOST"));

        refund(number, "7.30", "lost");

        await().during(Duration.ofSeconds(3)).atMost(PROVIDERS_TIME).until(() -> shopper.status(number).equals("REFUNDING"));
        assertThat(shopper.quota()).isZero();
        assertThat(atTheProvider("alipay", number)).isEmpty();
    }

    @Test
    void aRefundOfTheProvidersConsoleIsMirroredAndItsQuotaDecided() throws IOException {
        String number = credited("wechat", 10);

        sluice.post("/sandbox/refunds/wechat/" + number + "?fen=3000", "application/x-www-form-urlencoded", "");

        await().atMost(PROVIDERS_TIME).until(() -> shopper.status(number).equals("PARTIALLY_REFUNDED"));
        JsonNode found = refunds(number).path("refunds").get(0);
        assertThat(found.path("state").path("status").asString()).isEqualTo("FOUND");
        assertThat(shopper.quota()).as("until an operator decides").isEqualTo(10 * UNIT);
        act(operator(1), number, found, "resolve", Map.of("quota", "take", "reason", "agreed with the user"));
        await().atMost(Running.SOON).until(() -> shopper.quota() == 10 * UNIT - 10 * UNIT * 30 / 73);
        assertThat(atTheProvider("wechat", number)).as("nothing was refunded twice").containsExactly(3000L);
    }

    @Test
    void aLargeRefundWaitsForASecondOperator() {
        String number = credited("alipay", 200);

        JsonNode waiting = refund(number, "1460.00", "large").path("data");

        assertThat(waiting.path("state").path("status").asString()).isEqualTo("WAITING");
        assertThat(shopper.status(number)).isEqualTo("REFUNDING");
        assertThat(act(operator(1), number, waiting, "approve", Map.of("reason", "mine")).path("code").asString())
                .isEqualTo("SECOND_OPERATOR_NEEDED");
        assertThat(atTheProvider("alipay", number)).isEmpty();
        assertThat(act(operator(2), number, waiting, "approve", Map.of("reason", "checked")).path("success").asBoolean()).isTrue();
        awaitOrder(number, "REFUNDED");
    }

    @Test
    void aRefundThatTheProviderClosesReturnsTheQuota() {
        String number = credited("wechat", 1);
        sluice.faults(number, List.of("REFUND_CLOSED"));

        refund(number, "7.30", "closed");

        awaitOrder(number, "CREDITED");
        await().atMost(Running.SOON).until(() -> shopper.quota() == UNIT);
        assertThat(refunds(number).path("refunds").get(0).path("state").path("status").asString()).isEqualTo("FAILED");
        awaitTransfers(number, "CREDIT 500000", "RESERVE 500000", "RETURN 500000");
    }

    private String credited(String method, long amount) {
        JsonNode order = shopper.order(method, amount, "k" + NEXT_USER.get());
        String number = order.path("order_id").asString();
        shopper.pay(order);
        shopper.awaitStatus(number, "CREDITED");
        return number;
    }

    private static Shopper operator(long which) {
        return Shopper.of(sluice, 1_000_000 + which, List.of("operator"), demo.jwtSecret());
    }

    private JsonNode refund(String number, String money, String reason) {
        return sluice.postJson("/api/topup/" + number + "/refunds", operator(1).token(), Map.of("money", money, "reason", reason),
                "Idempotency-Key", reason);
    }

    private static JsonNode act(Shopper operator, String number, JsonNode refund, String act, Map<String, String> body) {
        return sluice.postJson("/api/topup/" + number + "/refunds/" + refund.path("refund_number").asString() + "/" + act, operator.token(),
                body);
    }

    private static JsonNode refunds(String number) {
        return sluice.getJson("/api/topup/" + number + "/refunds", operator(1).token()).path("data");
    }

    private void awaitOrder(String number, String status) {
        await(number + " " + status).atMost(PROVIDERS_TIME).until(() -> shopper.status(number).equals(status));
    }

    /// The amounts of the refunds that the provider has.
    private static List<Long> atTheProvider(String method, String number) {
        return sluice.getJson("/sandbox/refunds/" + method + "/" + number, "").valueStream().map(refund -> refund.path("fen").asLong())
                .toList();
    }

    private static void awaitTransfers(String number, String... transfers) {
        await().atMost(Running.SOON).untilAsserted(() -> assertThat(sluice.ledger(demo.data())
                .sql("select kind || ' ' || quota from ledger.transfer where trade_no = ? order by kind").param(number).query(String.class)
                .list()).containsExactly(transfers));
    }
}
