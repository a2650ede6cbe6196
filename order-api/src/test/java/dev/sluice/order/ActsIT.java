package dev.sluice.order;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.CloseReason;
import dev.sluice.event.LatePayment;
import dev.sluice.event.Money;
import dev.sluice.event.OrderClosed;
import dev.sluice.testing.Facts;

import static dev.sluice.order.Case.code;
import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What operators do beside deciding about held money, on a real Kafka and a real PostgreSQL.
@ExtendWith(SharedApi.class)
class ActsIT {
    private final RunningApi api;
    private final Case order;

    ActsIT(RunningApi api) {
        this.api = api;
        order = Case.of(api);
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

        assertThat(order.story()).isEqualTo("73.00 yuan: the order was cancelled by operator 1, no money came");
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
        api.bean(OrderMoves.class).awaitPayment(order.number(), "weixin://pay");

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
        assertThat(acts.getFirst().path("data").path("merchant").path("merchantId").asString()).isEqualTo(Facts.MERCHANT.merchantId());
    }

    @Test
    void refusesToAskWhereItDoesNotApplyOrNobodySaysWhy() {
        order.place();
        order.paid("A", Money.ofFen(7300));
        order.credited("A", order.user(), 5_000_000);
        await().atMost(SOON).until(() -> order.status().equals("CREDITED"));

        assertThat(code(order.check("why not", null))).isEqualTo("CHECK_NOT_NEEDED");
        assertThat(code(Case.of(api).check("why not", null))).as("of an order that there is not").isEqualTo("NOT_FOUND");
        assertThat(code(order.check(" ", null))).isEqualTo("MALFORMED");
        assertThat(code(order.check("x".repeat(501), null))).isEqualTo("MALFORMED");
        assertThat(code(order.check("why not", "k".repeat(129)))).isEqualTo("MALFORMED");
        assertThat(code(byAUser("check"))).isEqualTo("FORBIDDEN");
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
}
