package dev.sluice.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventCodec;
import dev.sluice.order.act.OperatorAction;
import dev.sluice.order.act.OperatorActions;
import dev.sluice.testing.Facts;

import static dev.sluice.order.RunningApi.SOON;
import static dev.sluice.order.Scenario.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What operators do beside deciding about held money, on a real Kafka and a real PostgreSQL.
@ExtendWith(SharedApi.class)
class OperatorActionsIT {
    private final RunningApi api;
    private final Scenario order;

    OperatorActionsIT(RunningApi api) {
        this.api = api;
        order = Scenario.of(api);
    }

    @Test
    void cancelsAnUnpaidOrderAndAnotherOneNot() {
        order.place();
        assertThat(order.cancel("no code came", "k").path("success").asBoolean()).isTrue();
        await().atMost(SOON).until(() -> order.entries("CancelRequested").size() == 1);
        assertThat(order.entries("OrderCreated")).as("nobody can end what the log has not heard of").hasSize(2);

        assertThat(order.cancel("no code came", "k").path("success").asBoolean()).isTrue();
        assertThat(code(order.cancel("another reason", "k"))).isEqualTo("IDEMPOTENCY_CONFLICT");
        api.log().append(new OrderClosed(order.number(), CloseReason.CANCELLED, LatePayment.CREDIT));
        await().atMost(SOON).until(() -> order.status().equals("CLOSED"));

        assertThat(order.story()).isEqualTo("73.00 yuan: order cancelled by operator 1, no payment received");
        assertThat(order.cancel("no code came", "k").path("success").asBoolean()).as("the same act, the same answer").isTrue();
        JsonNode refused = order.cancel("no code came", "l");
        assertThat(code(refused)).isEqualTo("CANCEL_NOT_POSSIBLE");
        assertThat(refused.path("data").asString()).contains("CLOSED");
        order.paid("A", Money.ofFen(7300));
        await().atMost(SOON).until(() -> order.status().equals("PAID"));
        assertThat(order.cancel("paid", "m").path("data").asString()).contains("PAID");
        assertThat(order.entries("CancelRequested")).hasSize(1);
    }

    @Test
    void cancelsAnOrderWhoseCodeIsOut() {
        order.place();
        api.bean(OrderTransitions.class).awaitPayment(order.number(), new PayAction.QrCode("weixin://pay"));

        assertThat(order.cancel("the payer wants another amount", null).path("success").asBoolean()).isTrue();

        await().atMost(SOON).until(() -> order.entries("CancelRequested").size() == 1);
        assertThat(order.entries("OrderCreated")).hasSize(1);
    }

    @Test
    void hasTheProviderAskedOnceForEachActAndSaysWhoAndWhy() {
        order.place();

        assertThat(order.check("the payer sent a screenshot", "act-1").path("success").asBoolean()).isTrue();
        await().atMost(SOON).until(() -> order.entries("CheckRequested").size() == 1);
        assertThat(order.check("the payer sent a screenshot", "act-1").path("success").asBoolean()).as("asked for again").isTrue();
        assertThat(code(order.check("another reason", "act-1"))).isEqualTo("IDEMPOTENCY_CONFLICT");
        order.check("and called\0", "act-2");

        await().atMost(SOON).until(() -> order.entries("CheckRequested").size() == 2);
        List<JsonNode> acts = order.entries("CheckRequested");
        assertThat(acts.getLast().path("data").path("reason").asString()).as("a NUL hides nothing").isEqualTo("and called\uFFFD");
        assertThat(acts.getFirst().path("data").path("actor").asLong()).isEqualTo(RunningApi.OPERATOR);
        assertThat(acts.getFirst().path("data").path("reason").asString()).isEqualTo("the payer sent a screenshot");
        assertThat(acts.getFirst().path("data").path("merchant").path("merchant_id").asString()).isEqualTo(Facts.MERCHANT.merchantId());
    }

    @Test
    void refusesToAskWhereItDoesNotApplyOrNobodySaysWhy() {
        order.place();
        order.paid("A", Money.ofFen(7300));
        order.credited("A", order.user(), 5_000_000);
        await().atMost(SOON).until(() -> order.status().equals("CREDITED"));

        assertThat(code(order.check("why not", null))).isEqualTo("CHECK_NOT_NEEDED");
        assertThat(code(Scenario.of(api).check("why not", null))).as("of an order that there is not").isEqualTo("NOT_FOUND");
        assertThat(code(order.check(" ", null))).isEqualTo("MALFORMED");
        assertThat(code(order.check("x".repeat(501), null))).isEqualTo("MALFORMED");
        assertThat(code(order.check("why not", "k".repeat(129)))).isEqualTo("MALFORMED");
        assertThat(code(byAUser("check"))).isEqualTo("FORBIDDEN");
    }

    /// Nobody could ask its provider, so nothing would ever come of it.
    @ParameterizedTest
    @CsvSource({"wx0000000000000001, 1900000002", "wx0000000000000002, 1900000001"})
    void doesNotPromiseToAskWhereTheAccountIsNotSetUp(String appId, String merchantId) {
        order.place(new Merchant(appId, merchantId));

        JsonNode refused = order.cancel("nobody pays", "k");

        assertThat(code(refused)).isEqualTo("ACCOUNT_NOT_SET_UP");
        assertThat(refused.path("data").asString()).contains(appId, merchantId);
        assertThat(code(order.check("r", "k"))).isEqualTo("ACCOUNT_NOT_SET_UP");
        assertThat(order.entries("CancelRequested")).isEmpty();
    }

    /// Also before the first comes back on the log.
    @ParameterizedTest
    @ValueSource(strings = {"check", "cancel"})
    void ofManyUnderOneKeyOneIsToldYes(String act) throws Exception {
        order.place();

        List<String> codes = new ArrayList<>();
        try (var operators = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String reason = "reason " + i;
                all.add(() -> code(act.equals("check") ? order.check(reason, "k") : order.cancel(reason, "k")));
            }
            for (var answer : operators.invokeAll(all)) {
                codes.add(answer.get());
            }
        }

        assertThat(codes).filteredOn(String::isEmpty).hasSize(1);
        assertThat(codes).filteredOn(code -> !code.isEmpty()).hasSize(7).containsOnly("IDEMPOTENCY_CONFLICT");
    }

    /// The process died, or the log was away, after the row was written.
    @Test
    void aWishThatTheLogNeverHeardOfIsToldByItsKey() {
        order.place();
        var wish = new CancelRequested(order.number(), new UserId(Long.toString(RunningApi.OPERATOR)), "r", "k");
        api.bean(OperatorActions.class).claim(EventCodec.idOf(wish), new OperatorAction(order.trade(), wish.actor(), "r", "k"));

        assertThat(code(order.cancel("another reason", "k"))).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(order.entries("CancelRequested")).isEmpty();
        assertThat(order.cancel("r", "k").path("success").asBoolean()).isTrue();

        await().atMost(SOON).until(() -> order.entries("CancelRequested").size() == 1);
    }

    @Test
    void actsNeedAnOperatorAnOrderAndAReason() {
        assertThat(code(order.cancel("why", null))).isEqualTo("NOT_FOUND");
        assertThat(code(order.resolve(Map.of("resolution", "refund", "reason", "why"), null))).isEqualTo("NOT_FOUND");
        order.place();
        assertThat(code(order.cancel(" ", null))).isEqualTo("MALFORMED");
        assertThat(code(order.cancel("why", "k".repeat(129)))).isEqualTo("MALFORMED");
        assertThat(code(order.resolve(Map.of("resolution", "refund", "reason", "why"), "k".repeat(129)))).isEqualTo("MALFORMED");
        for (String act : List.of("cancel", "resolve", "check")) {
            assertThat(code(byAUser(act))).isEqualTo("FORBIDDEN");
        }
    }

    private JsonNode byAUser(String act) {
        return Client.json(api.withRole(order.user(), "user").posted("/api/topup/" + order.trade() + "/" + act, Map.of("reason", "mine"),
                null));
    }

    @Test
    void theDoctorAnswersWithATable() {
        JsonNode table = api.admin().post("/api/option/doctor", Map.of(), null, 200).path("data");

        assertThat(table).isNotEmpty().allSatisfy(row -> {
            assertThat(row.path("check").asString()).isNotBlank();
            assertThat(row.path("verdict").asString()).isIn("OK", "WARNING", "FAILED", "SKIPPED");
            assertThat(row.path("code").asString()).isNotBlank();
            assertThat(row.path("cause").asString()).isNotBlank();
        });
    }
}
