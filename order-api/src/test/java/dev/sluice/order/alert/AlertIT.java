package dev.sluice.order.alert;

import java.time.Instant;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.HoldReason;
import dev.sluice.event.value.Money;
import dev.sluice.log.Topic;
import dev.sluice.order.RunningApi;
import dev.sluice.order.Scenario;
import dev.sluice.order.SharedApi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What a console shows without a Prometheus. Other tests leave traces in the same app: each of these looks for its own.
@ExtendWith(SharedApi.class)
class AlertIT {
    private final RunningApi api;
    private final Scenario order;

    AlertIT(RunningApi api) {
        this.api = api;
        order = Scenario.of(api);
    }

    @Test
    void firesWhileMoneyWaitsAndSaysWhatToDo() {
        order.place();
        order.paid("A", Money.ofFen(7300));
        await().atMost(RunningApi.SOON).until(() -> order.status().equals("PAID"));
        api.jdbc().sql("update orders.progress set moved_at = now() - interval '3 days' where trade_no = ? and status = 'PAID'")
                .param(order.trade()).update();

        JsonNode waiting = firing("MoneyWaiting");
        assertThat(waiting.path("severity").asString()).isEqualTo("critical");
        assertThat(Instant.parse(waiting.path("since").asString())).isBefore(Instant.now().minusSeconds(200_000));
        assertThat(waiting.path("summary").asString()).contains("3 d");
        assertThat(waiting.path("remedy").asString()).contains("recharge-worker");
        assertThat(firing("OrdersOverdue").path("severity").asString()).isEqualTo("warning");

        order.credited("A", order.user(), 5_000_000);
        await().atMost(RunningApi.SOON).until(() -> order.status().equals("CREDITED"));
        JsonNode now = alerts().path("firing");
        assertThat(now.valueStream().filter(alert -> alert.path("name").asString().equals("MoneyWaiting"))
                .filter(alert -> alert.path("summary").asString().contains("3 d"))).isEmpty();
    }

    @Test
    void firesForANewHoldAndForAnOldOne() {
        order.place();
        order.held("A", Money.ofFen(1), HoldReason.AMOUNT_MISMATCH);
        await().atMost(RunningApi.SOON).until(() -> order.status().equals("HELD"));
        assertThat(firing("NewHold").path("summary").asString()).contains("held within 15 minutes");

        api.jdbc().sql("update orders.hold set held_at = now() - interval '9 days' where trade_no = ?").param(order.trade()).update();
        assertThat(firing("HoldOpen").path("summary").asString()).contains("9 d");
    }

    @Test
    void firesForOrdersThatStayOpenAndThoseOfAnotherAccount() {
        order.place();
        api.jdbc().sql("""
                update orders.topup set created_at = now() - interval '9 days', expires_at = now() - interval '8 days'
                where trade_no = ?""").param(order.trade()).update();
        assertThat(firing("OrdersOverdue")).isNotNull();

        api.jdbc().sql("update orders.topup set expires_at = now(), merchant_id = 'gone' where trade_no = ?").param(order.trade()).update();
        assertThat(firing("OrdersUnaskable").path("summary").asString()).contains("not in the settings");
    }

    @Test
    void firesForADeadLetterThatWasNotAppendedAgain() {
        order.place();
        ConsumerRecord<String, byte[]> record = api.written().records(Topic.EVENTS).stream()
                .filter(each -> order.trade().equals(each.key())).findFirst().orElseThrow();
        api.log().deadLetter(record, "ledger: a test");

        await().atMost(RunningApi.SOON)
                .untilAsserted(() -> assertThat(firing("DeadLetter").path("severity").asString()).isEqualTo("critical"));
    }

    @Test
    void namesWhatItCannotKnowAndHowItsPartsAre() {
        JsonNode alerts = alerts();

        assertThat(texts(alerts.path("not_observed"))).contains("AppDown", "ForgedNotices", "SlowCredits").doesNotContain("MoneyWaiting");
        assertThat(texts(alerts.path("this_app_only"))).containsExactly("SettingsUnreadable", "LogPartlyUnavailable", "ViewPaused",
                "ConsumerLag");
        assertThat(alerts.path("parts").valueStream().map(part -> part.path("name").asString())).contains("database", "log", "disk",
                "settings", "codes", "view_orders", "view_timeline", "wechat", "alipay");
        assertThat(alerts.path("parts").valueStream().filter(part -> part.path("name").asString().equals("database")))
                .map(JsonNode::toString).singleElement().asString().contains("\"UP\"", "available");
    }

    @Test
    void isForEveryRoleAndNoUser() {
        for (String role : List.of("operator", "auditor", "admin")) {
            api.withRole(RunningApi.OPERATOR, role).get("/api/topup/alerts");
        }
        api.anotherUser().get("/api/topup/alerts", 403);
    }

    private JsonNode firing(String name) {
        return alerts().path("firing").valueStream().filter(alert -> alert.path("name").asString().equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError(name + " does not fire"));
    }

    private JsonNode alerts() {
        return api.operator().inEnglish().get("/api/topup/alerts").path("data");
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
