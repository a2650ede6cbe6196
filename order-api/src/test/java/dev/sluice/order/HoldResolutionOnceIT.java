package dev.sluice.order;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.Resolution;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.UserId;
import dev.sluice.order.hold.Hold;
import dev.sluice.order.hold.Holds;
import dev.sluice.testing.Providers;

import static dev.sluice.order.RunningApi.SOON;
import static dev.sluice.order.Scenario.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A payment is decided about once, whoever decides however often, and wherever one of them dies.
@ExtendWith(SharedApi.class)
class HoldResolutionOnceIT {
    private final RunningApi api;
    private final Scenario order;

    HoldResolutionOnceIT(RunningApi api) {
        this.api = api;
        order = Scenario.of(api);
    }

    @Test
    void theSameActAgainHasTheSameAnswerAndAnotherOneIsRefused() {
        order.place();
        order.held("A", Money.ofFen(7300), HoldReason.LATE_PAYMENT);
        Map<String, Object> body = Map.of("resolution", "credit", "reason", "r");

        JsonNode first = order.resolve(body, "k");
        assertThat(order.resolve(body, "k")).isEqualTo(first);
        await().atMost(SOON).until(() -> !order.entries("HoldResolved").isEmpty());
        assertThat(order.resolve(body, "k")).as("also when the log has come back").isEqualTo(first);

        assertThat(code(order.resolve(Map.of("resolution", "refund", "reason", "r"), "k"))).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(code(order.resolve(Map.of("resolution", "credit", "reason", "other"), "k"))).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(code(order.resolve(Map.of("resolution", "credit", "reason", "r", "transaction_id", "B"), "k")))
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        JsonNode other = order.resolve(Map.of("resolution", "refund", "reason", "r"), "l");
        assertThat(code(other)).isEqualTo("HOLD_RESOLVED");
        assertThat(other.path("data").asString()).contains("1", "credit user_id=" + order.user() + " quota=5000000");
        assertThat(order.entries("HoldResolved").stream().filter(act -> !act.path("repeated").asBoolean())).hasSize(1);
    }

    @Test
    void withoutAKeyTheSameDecisionIsTheSameAct() {
        order.held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);

        JsonNode first = order.resolve(Map.of("resolution", "refund", "reason", "r"), null);

        assertThat(first.path("success").asBoolean()).isTrue();
        assertThat(order.resolve(Map.of("resolution", "refund", "reason", "r"), null)).isEqualTo(first);
        assertThat(code(order.resolve(Map.of("resolution", "refund", "reason", "other"), null))).isEqualTo("HOLD_RESOLVED");
    }

    @Test
    void oneKeyDecidesAboutOnePayment() {
        order.held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);
        order.held("B", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);

        assertThat(code(order.resolve(Map.of("resolution", "refund", "reason", "r"), "k"))).isEqualTo("HOLD_AMBIGUOUS");
        order.resolve(Map.of("resolution", "refund", "reason", "r", "transaction_id", order.transaction("A").value()), "k");

        assertThat(
                code(order.resolve(Map.of("resolution", "refund", "reason", "r", "transaction_id", order.transaction("B").value()), "k")))
                .isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(order.resolve(Map.of("resolution", "refund", "reason", "r", "transaction_id", order.transaction("B").value()), "l")
                .path("success").asBoolean())
                .isTrue();
    }

    @Test
    void ofManyAtOnceOneIsToldYes() throws Exception {
        order.held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);

        List<String> codes = new ArrayList<>();
        try (var operators = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String key = "k" + i;
                all.add(() -> code(order.resolve(Map.of("resolution", "refund", "reason", "r"), key)));
            }
            for (var answer : operators.invokeAll(all)) {
                codes.add(answer.get());
            }
        }

        assertThat(codes).filteredOn(String::isEmpty).hasSize(1);
        assertThat(codes).filteredOn(code -> !code.isEmpty()).hasSize(7).containsOnly("HOLD_RESOLVED");
    }

    /// The process died, or the log was away, after the row was written.
    @ParameterizedTest
    @CsvSource({"k, true", "l, false"})
    void aDecisionThatTheLogNeverHeardOfIsToldByWhoeverComesNext(String key, boolean same) {
        order.held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);
        api.bean(Holds.class).claim(refund("A"));
        assertThat(order.story()).as("it does not count yet").contains("an operator has to decide");

        JsonNode answer = order.resolve(Map.of("resolution", "refund", "reason", "r"), key);

        assertThat(answer.path("success").asBoolean()).isEqualTo(same);
        await().atMost(SOON).until(() -> order.entries("HoldResolved").size() == 1);
        assertThat(order.entries("HoldResolved").getFirst().path("data").path("key").asString()).isEqualTo("k");
    }

    @Test
    void whatTheLogSaysCountsOverAClaim() {
        order.held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);
        var first = new HoldResolved(order.number(), Providers.WECHAT, order.transaction("A"),
                new Resolution.Credit(new UserId("7"), new Quota(3)), new UserId("2"), "r", "first");
        api.bean(Holds.class).claim(new HoldResolved(order.number(), Providers.WECHAT, order.transaction("A"),
                new Resolution.Refund(), new UserId(Long.toString(RunningApi.OPERATOR)), "r", "claimed"));

        api.log().append(first);
        api.log()
                .append(new HoldResolved(first.tradeNumber(), first.provider(), first.transactionId(), new Resolution.Refund(),
                        new UserId("3"),
                        "r", "second"));

        await().atMost(SOON).until(() -> order.entries("HoldResolved").size() == 2);
        assertThat(api.bean(Holds.class).of(order.trade())).singleElement().satisfies(hold -> assertThat(hold.decision()).contains(first));
        assertThat(order.story()).endsWith("released by operator 2, 3 quota is being credited to user 7");
    }

    /// As after a rebuild or a restore: the view has read that the payment is held, and the decision that the log has is still to come.
    @Test
    void answersOnlyWithWhatTheViewHasReadBack() throws Exception {
        order.held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);
        Holds holds = api.bean(Holds.class);
        await().atMost(SOON).until(() -> !holds.of(order.trade()).isEmpty());
        var refund = Map.of("resolution", "refund", "reason", "r");
        Future<JsonNode> again;

        try (var operator = Executors.newVirtualThreadPerTaskExecutor()) {
            try (Connection lag = api.database().getConnection(); Statement lock = lag.createStatement()) {
                lag.setAutoCommit(false);
                lock.execute("select from orders.position where view = 'orders' for update");
                api.log().append(new HoldResolved(order.number(), Providers.WECHAT, order.transaction("A"),
                        new Resolution.Credit(new UserId("7"), new Quota(3)), new UserId("2"), "r", "first"));

                var unknown = api.operator().inEnglish().posted("/api/topup/" + order.trade() + "/resolve", refund, "k");

                unknown.expectStatus().isEqualTo(HttpStatus.SERVICE_UNAVAILABLE).expectHeader().valueEquals("Retry-After", "3");
                assertThat(code(Client.json(unknown))).isEqualTo("UNAVAILABLE");
                again = operator.submit(() -> order.resolve(refund, "k"));
                assertThat(again).as("it waits for the view").failsWithin(Duration.ofSeconds(1));
            }
            assertThat(code(again.get())).isEqualTo("HOLD_RESOLVED");
        }

        assertThat(code(order.resolve(refund, "k"))).isEqualTo("HOLD_RESOLVED");
        assertThat(holds.of(order.trade())).singleElement()
                .satisfies(hold -> assertThat(hold.decision()).get().extracting(HoldResolved::key).isEqualTo("first"));
    }

    /// The refund was in the log before, and the view had not read it when the operator decided. The ledger ignores such a release, so the
    /// payment waits for another decision.
    @Test
    void aReleaseAfterARefundThatWasNotKnownDecidesNothing() throws Exception {
        order.place();
        order.held("A", Money.ofFen(7300), HoldReason.LATE_PAYMENT);
        var credit = Map.of("resolution", "credit", "reason", "r", "quota", 5_000_000);
        Future<JsonNode> blind;

        try (var operator = Executors.newVirtualThreadPerTaskExecutor()) {
            try (Connection lag = api.database().getConnection(); Statement lock = lag.createStatement()) {
                lag.setAutoCommit(false);
                lock.execute("select from orders.position where view = 'orders' for update");
                api.log().append(new OrderClosed(order.number(), CloseReason.REFUNDED, LatePayment.HOLD));
                blind = operator.submit(() -> order.resolve(credit, "k"));
                await().atMost(SOON).until(() -> !api.written().events(order.trade(), HoldResolved.class).isEmpty());
            }
            assertThat(blind.get().path("success").asBoolean()).isFalse();
        }

        assertThat(code(order.resolve(credit, "k"))).isEqualTo("QUOTA_ABOVE_PAYMENT");
        assertThat(api.operator().get("/api/topup/holds").path("data").valueStream().map(hold -> hold.path("order_id").asString()))
                .as("still open").contains(order.trade());
        assertThat(order.resolve(Map.of("resolution", "refund", "reason", "it is refunded"), "l").path("success").asBoolean()).isTrue();
        assertThat(order.story()).contains("being refunded by decision of operator 1");
    }

    /// As after a restore: the log has a decision that the row has lost, and its key was used for another payment meanwhile.
    @Test
    void aKeyThatDecidedAboutTwoPaymentsStopsNoView() {
        order.held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);
        order.held("B", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);
        Holds holds = api.bean(Holds.class);
        await().atMost(SOON).until(() -> holds.of(order.trade()).size() == 2);
        holds.claim(refund("B"));

        api.log().append(refund("A"));
        await().atMost(SOON).until(() -> holds.of(order.trade()).stream().flatMap(hold -> hold.decided().stream())
                .anyMatch(Hold.Decided::published));
        Map<String, Object> ofB = Map.of("resolution", "refund", "reason", "r", "transaction_id", order.transaction("B").value());

        assertThat(order.resolve(ofB, "k").path("success").asBoolean()).isTrue();
        assertThat(holds.of(order.trade())).allSatisfy(hold -> assertThat(hold.decided()).get().extracting(Hold.Decided::published)
                .isEqualTo(true));
        assertThat(order.resolve(ofB, "k").path("data").path("transaction_id").asString()).isEqualTo(order.transaction("B").value());
    }

    private HoldResolved refund(String which) {
        return new HoldResolved(order.number(), Providers.WECHAT, order.transaction(which), new Resolution.Refund(),
                new UserId(Long.toString(RunningApi.OPERATOR)), "r", "k");
    }
}
