package dev.sluice.order.timeline;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.HoldReason;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.value.Money;
import dev.sluice.log.EventLog;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.order.RunningApi;
import dev.sluice.order.Scenario;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

import static dev.sluice.order.RunningApi.SOON;
import static dev.sluice.order.Scenario.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What operators see: all of it comes from the log.
@ExtendWith(SharedApi.class)
class OperatorIT {
    private final RunningApi api;
    private final Scenario order;

    OperatorIT(RunningApi api) {
        this.api = api;
        order = Scenario.of(api);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/topup", "/api/topup/T/timeline"})
    void usersMayNotLook(String path) {
        assertThat(code(api.withRole(1, null).get(path, 403))).isEqualTo("FORBIDDEN");
        assertThat(code(api.withRole(1, "user").get(path, 403))).isEqualTo("FORBIDDEN");
        api.anybody().get().uri(path).exchange().expectStatus().isUnauthorized();
    }

    @Test
    void tellsTheWholeStoryOfAnOrderInOrder() {
        order.place();
        api.log().append(notice("N1", NotificationVerdict.FORGED, "wrong sign"));
        api.log().append(answer("A1", ProviderAnswer.Meaning.UNPAID));
        api.log().append(payment());
        api.log().append(payment());
        api.log().append(Facts.credited(order.trade(), order.transaction("X").value(), order.user(), 5_000_000));

        await().atMost(SOON).until(() -> order.entries().size() == 6);

        List<String> kinds = order.entries().stream().map(entry -> entry.path("kind").asString()).toList();
        assertThat(kinds).containsExactlyInAnyOrder("OrderCreated", "Notification", "ProviderAnswer", "PaymentConfirmed",
                "PaymentConfirmed", "QuotaCredited");
        List<Instant> times = order.entries().stream().map(entry -> Instant.parse(entry.path("at").asString())).toList();
        assertThat(times).isSorted();
        assertThat(order.entries("Notification").stream().map(entry -> entry.path("data").path("verdict").asString() + " "
                + entry.path("data").path("reason").asString())).containsExactly("FORGED wrong sign");
        assertThat(order.entries("Notification"))
                .allSatisfy(entry -> assertThat(entry.path("data").path("body").asString()).contains(order.trade()));
        assertThat(order.entries("PaymentConfirmed")).allSatisfy(
                entry -> assertThat(entry.path("data").path("evidence").path("body").asString()).isEqualTo(body()));
        assertThat(order.entries("PaymentConfirmed").stream().map(entry -> entry.path("repeated").asBoolean())).containsExactly(false,
                true);
        assertThat(order.entries("ProviderAnswer")).singleElement()
                .satisfies(entry -> assertThat(entry.path("data").path("meaning").asString()).isEqualTo("UNPAID"));
        JsonNode credit = order.entries("QuotaCredited").getFirst();
        assertThat(credit.path("data").path("balance").asLong()).isEqualTo(5_000_000);
        assertThat(credit.path("source").asString()).isEqualTo("/sluice/test");
        JsonNode all = api.operator().get("/api/topup/" + order.trade() + "/timeline").path("data");
        assertThat(all.path("status").asString()).isEqualTo("CREDITED");
        assertThat(all.path("story").asString()).isEqualTo("73.00 元：已入账 5000000 额度给用户 " + order.user());
        assertThat(order.story()).isEqualTo("73.00 yuan: 5000000 quota credited to user " + order.user());
    }

    @Test
    void saysWhyMoneyIsHeldAlsoForANumberWeNeverIssued() {
        order.place();
        order.held("X", Money.ofFen(7299), HoldReason.AMOUNT_MISMATCH);
        Scenario strange = Scenario.of(api);
        strange.held("X", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(api.operator().get("/api/topup/" + order.trade() + "/timeline").path("data").path("story").asString())
                    .contains("AMOUNT_MISMATCH");
            assertThat(strange.entries()).hasSize(2);
        });
        assertThat(strange.story()).startsWith("Not an order of this system");
        assertThat(code(api.operator().get("/api/topup/" + api.anotherNumber() + "/timeline", 404))).isEqualTo("NOT_FOUND");
    }

    /// The writers' clocks are never quite the same.
    @Test
    void tellsFactsInTheOrderOfTheLogWhateverTheirClocksSay() {
        order.place();
        api.log().append(payment());
        var credited = Facts.credited(order.trade(), order.transaction("X").value(), order.user(), 5_000_000);
        tell(Duration.ofSeconds(-5), credited);
        tell(Duration.ofSeconds(-9), credited);

        await().atMost(SOON).until(() -> kept().size() == 4);

        assertThat(order.entries().stream().map(entry -> entry.path("kind").asString() + " " + entry.path("repeated").asBoolean()))
                .containsExactly("OrderCreated false", "PaymentConfirmed false", "QuotaCredited false",
                        "QuotaCredited true");
    }

    /// By somebody whose clock is not ours.
    private void tell(Duration ahead, TopUpEvent fact) {
        try (EventLog other = EventLog.connect(KafkaCluster.singleNode(api.kafka()), "other", Clock.offset(Clock.systemUTC(), ahead))) {
            other.append(fact);
        }
    }

    /// Whoever floods us with forgeries about made-up numbers fills no table.
    @Test
    void forgetsForgeriesAboutOrdersThatThereAreNot() {
        api.log().append(notice("F0", NotificationVerdict.FORGED, "no sign"));
        api.log().append(notice("F1", NotificationVerdict.FORGED, "no sign", Instant.now().minus(Limits.NOTICES_LIVE.multipliedBy(2))));
        api.log().append(notice("F2", NotificationVerdict.UNCLEAR, "what?"));
        await().atMost(SOON).until(() -> kept().size() == 2);
        assertThat(kept()).as("not of today")
                .noneSatisfy(entry -> assertThat(entry.path("data").path("id").asString()).isEqualTo(id("F0")));

        api.bean(Timeline.class).forget();
        assertThat(kept()).as("a day has not passed").hasSize(2);
        forgetADayLater();

        assertThat(kept()).singleElement().satisfies(entry -> assertThat(entry.path("data").path("id").asString()).isEqualTo(id("F2")));
    }

    /// While the view is rebuilt, the notices of these days are read long before their orders.
    @Test
    void keepsForgeriesAboutAnOrderThatComesLater() {
        api.log().append(notice("F1", NotificationVerdict.FORGED, "no sign", Instant.now().minus(Limits.NOTICES_LIVE.multipliedBy(2))));
        await().atMost(SOON).until(() -> kept().size() == 1);
        order.place();

        forgetADayLater();

        assertThat(order.entries("Notification")).hasSize(1);
    }

    private void forgetADayLater() {
        api.jdbc().sql("update orders.timeline set stray_since = stray_since - interval '1 day' where trade_no = ?").param(order.trade())
                .update();
        api.bean(Timeline.class).forget();
    }

    /// What payers sent is kept no longer than their topic keeps it; what happened to an order, for ever.
    @Test
    void forgetsNoticesAndAnswersWhenTheirTopicHas() {
        Duration over = Limits.NOTICES_KEPT.plusMinutes(1);
        Instant then = Instant.now().minus(over);
        tell(over.negated(), Facts.order(order.trade(), order.user(), 7300, 5_000_000));
        api.log().append(notice("N1", NotificationVerdict.NOT_A_PAYMENT, "a refund", then));
        api.log().append(answer("A1", ProviderAnswer.Meaning.UNPAID, then));
        api.log().append(notice("N2", NotificationVerdict.NOT_A_PAYMENT, "a refund", then.plusSeconds(600)));
        await().atMost(SOON).until(() -> kept().size() == 4);

        api.bean(Timeline.class).forget();

        assertThat(order.entries().stream().map(entry -> entry.path("kind").asString())).containsExactly("OrderCreated", "Notification");
    }

    /// Whoever has a true notice can send it again and again.
    @Test
    void showsTheFirstAndTheLastOfWhatIsToldWithoutEndAndHowManyItLeavesOut() {
        order.place();
        int told = 2 * Limits.SHOWN_OF_EACH_END + 7;
        for (int i = 0; i < told; i++) {
            api.log().append(notice("N" + i, NotificationVerdict.NOT_A_PAYMENT, "a refund"));
            api.log().append(payment());
        }
        api.log().append(Facts.credited(order.trade(), order.transaction("X").value(), order.user(), 5_000_000));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(order.entries("Notification").getLast().path("data").path("id").asString()).isEqualTo(id("N" + (told - 1)));
            assertThat(order.entries("QuotaCredited")).singleElement().satisfies(entry -> assertThat(entry.has("left_out")).isFalse());
        });
        for (String kind : List.of("Notification", "PaymentConfirmed")) {
            List<JsonNode> shown = order.entries(kind);
            assertThat(shown).hasSize(2 * Limits.SHOWN_OF_EACH_END);
            assertThat(shown.get(Limits.SHOWN_OF_EACH_END - 1).path("left_out").asInt()).isEqualTo(7);
            assertThat(shown.stream().filter(entry -> entry.has("left_out"))).hasSize(1);
        }
    }

    /// A user knows the number of an order, and can send as many forgeries about it as they like.
    @Test
    void showsOnlySomeForgeriesAndHidesNothingTrueBehindThem() {
        order.place();
        for (int i = 0; i < Limits.FORGERIES_OF_AN_ORDER + 10; i++) {
            api.log().append(notice("FLOOD-" + i, NotificationVerdict.FORGED, "wrong sign"));
        }
        api.log().append(notice("TRUE", NotificationVerdict.NOT_A_PAYMENT, "a refund"));
        api.log().append(payment());
        api.log().append(Facts.credited(order.trade(), order.transaction("X").value(), order.user(), 5_000_000));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(order.entries("QuotaCredited")).hasSize(1);
            assertThat(order.entries("Notification").stream().map(entry -> entry.path("data").path("id").asString())).contains(id("TRUE"))
                    .hasSize(Limits.FORGERIES_OF_AN_ORDER + 1);
        });
    }

    private PaymentConfirmed payment() {
        return Facts.payment(order.trade(), order.transaction("X").value(), 7300, body());
    }

    private String body() {
        return "<xml><out_trade_no><![CDATA[" + order.trade() + "]]></out_trade_no></xml>";
    }

    private String id(String notice) {
        return notice + "-" + order.trade();
    }

    private Notification notice(String id, NotificationVerdict verdict, String reason) {
        return notice(id, verdict, reason, Instant.now());
    }

    private Notification notice(String id, NotificationVerdict verdict, String reason, Instant at) {
        byte[] body = body().getBytes(StandardCharsets.UTF_8);
        return Notification.whole(id(id), Providers.WECHAT, at, "/api/wechat/notify", "203.0.113.9", Map.of(), body, "", verdict, reason);
    }

    private ProviderAnswer answer(String id, ProviderAnswer.Meaning finding) {
        return answer(id, finding, Instant.now());
    }

    private ProviderAnswer answer(String id, ProviderAnswer.Meaning finding, Instant at) {
        return new ProviderAnswer(id(id), Providers.WECHAT, order.number(), ProviderAnswer.Question.QUERY, at, at,
                "<xml/>".getBytes(StandardCharsets.UTF_8), finding, "NOTPAY");
    }

    /// The timeline also of an order that there is not.
    private List<JsonNode> kept() {
        return api.bean(Timeline.class).of(order.trade()).stream()
                .map(entry -> JsonMapper.shared().<JsonNode>valueToTree(ShownEntry.of(entry))).toList();
    }
}
