package dev.sluice.order.view;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.order.Client;
import dev.sluice.order.RunningApi;
import dev.sluice.order.Scenario;
import dev.sluice.order.SharedApi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// "Where is my money?": what a page can say about each order that is not simply credited.
@ExtendWith(SharedApi.class)
class OrderViewIT {
    private final RunningApi api;
    private final Scenario order;

    OrderViewIT(RunningApi api) {
        this.api = api;
        order = Scenario.of(api);
    }

    @Test
    void showsWhatAHeldPaymentPaidAndWhyItIsHeld() {
        order.place();
        order.held("A", Money.ofFen(7299), HoldReason.AMOUNT_MISMATCH);

        JsonNode view = until("HELD");
        assertThat(view.path("money").asString()).isEqualTo("73.00");
        assertThat(view.path("paid_money").asString()).isEqualTo("72.99");
        assertThat(view.path("held")).singleElement().satisfies(held -> {
            assertThat(held.path("money").asString()).isEqualTo("72.99");
            assertThat(held.path("currency").asString()).isEqualTo("CNY");
            assertThat(held.path("reason").asString()).isEqualTo("AMOUNT_MISMATCH");
            assertThat(held.path("text").asString()).isEqualTo("The amount that was paid is not the order's");
            assertThat(held.path("decision").isNull()).isTrue();
        });
        Client chinese = api.user(order.user(), "");
        JsonNode item = chinese.get("/api/user/topup/self").path("data").path("items").get(0);
        assertThat(item.path("paid_money").asString()).isEqualTo("72.99");
        assertThat(item.path("held").get(0).path("text").asString()).isEqualTo("实付金额与订单不同");
        assertThat(item.path("support_code").asString()).isNotEmpty();

        order.resolve(Map.of("resolution", "refund", "reason", "the payer asks for it"), null);
        await().atMost(RunningApi.SOON)
                .until(() -> order.view().path("held").get(0).path("decision").asString("").equals("REFUND"));
    }

    /// The first payment was credited: a second one by the same code is with an operator.
    @Test
    void showsAPaymentBesideTheOneThatWasCredited() {
        order.place();
        order.paid("A", Money.ofFen(7300));
        order.credited("A", order.user(), 5_000_000);
        order.held("B", Money.ofFen(7300), HoldReason.DUPLICATE_PAYMENT);

        await().atMost(RunningApi.SOON).until(() -> order.view().path("held").size() == 1);
        assertThat(order.status()).isEqualTo("CREDITED");
        assertThat(order.view().path("held").get(0).path("reason").asString()).isEqualTo("DUPLICATE_PAYMENT");
    }

    @Test
    void showsTheQuotaBeforeAndAfterItsCredit() {
        order.place();
        order.paid("A", Money.ofFen(7300));
        order.credited("A", order.user(), 5_000_000);

        JsonNode view = until("CREDITED");
        assertThat(view.path("quota_before").asLong(-1)).isZero();
        assertThat(view.path("quota_after").asLong()).isEqualTo(5_000_000);
        assertThat(view.path("paid_money").asString()).isEqualTo("73.00");
        assertThat(view.path("refunded_money").isNull()).isTrue();
        assertThat(view.path("price").decimalValue()).isEqualByComparingTo("73");
        assertThat(view.path("quota_display_type").asString()).isEqualTo("USD");
        assertThat(view.path("quota_per_unit").asLong()).isEqualTo(5_000_000);
    }

    @Test
    void claimsNoQuotaOfAnOrderThatOthersWereCreditedFor() {
        order.place();
        order.held("A", Money.ofFen(7300), HoldReason.LATE_PAYMENT);
        order.released("A", order.user() + 1_000_000, 5_000_000);

        JsonNode view = until("CREDITED");
        assertThat(view.path("quota").asLong(-1)).isZero();
        assertThat(view.path("quota_before").isNull()).isTrue();
        assertThat(view.path("quota_after").isNull()).isTrue();
    }

    /// "We have received nothing" would be false.
    @Test
    void showsThatAClosedOrdersMoneyWasRefunded() {
        order.place();
        api.log().append(new OrderClosed(order.number(), CloseReason.REFUNDED, LatePayment.HOLD));

        JsonNode view = until("CLOSED");
        assertThat(view.path("refunded_money").asString()).isEqualTo("73.00");
        assertThat(view.path("paid_money").isNull()).isTrue();
    }

    @Test
    void showsWhatWasRefundedOfAPayment() {
        order.place();
        order.held("A", Money.ofFen(7300), Money.ofFen(3650), HoldReason.PARTLY_REFUNDED);

        JsonNode view = until("HELD");
        assertThat(view.path("held").get(0).path("refunded").asString()).isEqualTo("36.50");
    }

    @Test
    void listsTheOrdersOfSomeStates() {
        Client user = api.anotherUser();
        String open = user.order();
        String credited = user.order();
        api.credit(credited, user);
        await().atMost(RunningApi.SOON).until(() -> user.status(credited).equals("CREDITED"));

        assertThat(numbers(user, "status=NEW,AWAITING_PAYMENT")).containsExactly(open);
        assertThat(numbers(user, "status=CREDITED")).containsExactly(credited);
        assertThat(numbers(user, "status=CREDITED&status=AWAITING_PAYMENT&page_size=1")).containsExactly(credited);
        assertThat(numbers(user, "status=PAID,HELD")).isEmpty();
        assertThat(numbers(user, "status=")).hasSize(2);
        assertThat(user.get("/api/user/topup/self?status=CREDITED&status=AWAITING_PAYMENT&page_size=1").path("data").path("total").asInt())
                .isEqualTo(2);
        assertThat(user.inEnglish().get("/api/user/topup/self?status=PENDING", 400).path("data").asString()).contains("status");
    }

    private static List<String> numbers(Client user, String query) {
        return user.get("/api/user/topup/self?" + query).path("data").path("items").valueStream()
                .map(item -> item.path("order_id").asString()).toList();
    }

    private JsonNode until(String status) {
        await().atMost(RunningApi.SOON).until(() -> order.status().equals(status));
        return order.view();
    }
}
