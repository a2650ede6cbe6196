package dev.sluice.order.refund;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.HoldReason;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.Arrival;
import dev.sluice.event.RefundEvent.Failure;
import dev.sluice.event.RefundEvent.QuotaTaken;
import dev.sluice.event.RefundEvent.RefundFound;
import dev.sluice.event.RefundEvent.RefundRefused;
import dev.sluice.event.RefundEvent.Refusal;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.order.Client;
import dev.sluice.order.RunningApi;
import dev.sluice.order.Scenario;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.Facts;

import static dev.sluice.order.RunningApi.SOON;
import static dev.sluice.order.Scenario.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Refunds as operators request, approve and see them, on a real Kafka and a real PostgreSQL. The facts of the ledger and the reconciler are
/// appended by the tests.
@ExtendWith(SharedApi.class)
class RefundIT {
    private final RunningApi api;
    private final Scenario order;
    private final OutcomeFacts facts;

    RefundIT(RunningApi api) {
        this.api = api;
        order = Scenario.of(api);
        facts = new OutcomeFacts(order);
    }

    @Test
    void refundsAPartAndThenTheRest() {
        credited();
        assertThat(preview("30.00").toString()).isEqualTo(
                "{\"money\":\"30.00\",\"quota\":2054794,\"left\":\"43.00\",\"needs_approval\":false}");

        RefundNumber first = RefundNumber.of(order.number(), "k1");
        JsonNode requested = requested(Map.of("money", "30.00", "reason", "r"), "k1", facts.reserve(first, 3_000, 2_054_794));

        assertThat(requested.path("data").path("state").path("status").asString()).isEqualTo("UNDER_WAY");
        assertThat(requested.path("data").path("quota").path("quota").asLong()).isEqualTo(2_054_794);
        await().atMost(SOON).until(() -> order.status().equals("REFUNDING"));
        assertThat(order.owner().quota()).isEqualTo(5_000_000 - 2_054_794);
        assertThat(code(requested(Map.of("money", "43.01", "reason", "r"), "k2", null))).isEqualTo("REFUND_ABOVE_LEFT");

        tell(facts.success(first, 3_000, Arrival.PAYER));
        await().atMost(SOON).until(() -> order.status().equals("PARTIALLY_REFUNDED"));
        assertThat(order.view().path("refunded_money").asString()).isEqualTo("30.00");
        assertThat(order.story()).isEqualTo("73.00 yuan: 30.00 yuan refunded");

        RefundNumber second = RefundNumber.of(order.number(), "k3");
        requested(Map.of("money", "43.00", "reason", "r"), "k3", facts.reserve(second, 4_300, 5_000_000 - 2_054_794));
        tell(facts.success(second, 4_300, Arrival.PAYER));
        await().atMost(SOON).until(() -> order.status().equals("REFUNDED"));

        assertThat(order.owner().quota()).isZero();
        assertThat(order.view().path("quota").asLong()).as("what it brought").isEqualTo(5_000_000);
        assertThat(refunds().path("payments").get(0).path("left").asString()).isEqualTo("0.00");
        assertThat(order.entries("RefundSucceeded").getFirst().path("data").path("evidence").path("body").asString())
                .isEqualTo("<xml>the answer</xml>");
    }

    @Test
    void theSameKeyIsTheSameRefund() {
        credited();
        Map<String, String> wish = Map.of("money", "1.00", "reason", "r");
        JsonNode first = requested(wish, "k", facts.reserve(RefundNumber.of(order.number(), "k"), 100, 68_493));

        assertThat(requested(wish, "k", null).path("data").path("refund_number")).isEqualTo(first.path("data").path("refund_number"));
        assertThat(code(requested(Map.of("money", "2.00", "reason", "r"), "k", null))).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(code(requested(Map.of("money", "1.00", "reason", "another"), "k", null))).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(code(requested(wish, null, null))).isEqualTo("MALFORMED");
        assertThat(order.entries("RefundRequested")).hasSize(1);
    }

    @Test
    void showsWhatTheLedgerRefused() {
        credited();
        RefundNumber number = RefundNumber.of(order.number(), "k");

        JsonNode refused = requested(Map.of("money", "1.00", "reason", "r"), "k",
                new RefundRefused(order.number(), number, Money.ofFen(100), Refusal.MORE_THAN_LEFT));

        assertThat(refused.path("data").path("state").path("status").asString()).isEqualTo("REFUSED");
        assertThat(refused.path("data").path("state").path("code").asString()).isEqualTo("MORE_THAN_LEFT");
        assertThat(order.status()).isEqualTo("CREDITED");
    }

    @Test
    void aRefundThatFailsLeavesTheOrderAsItWas() {
        credited();
        RefundNumber number = RefundNumber.of(order.number(), "k");
        requested(Map.of("money", "73.00", "reason", "r"), "k", facts.reserve(number, 7_300, 5_000_000));
        await().atMost(SOON).until(() -> order.owner().quota() == 0);

        tell(facts.failure(number, Failure.CLOSED, "REFUNDCLOSE"),
                facts.quotaReturned(number));

        await().atMost(SOON).until(() -> order.status().equals("CREDITED"));
        assertThat(order.owner().quota()).isEqualTo(5_000_000);
        assertThat(refunds().path("refunds").get(0).path("state").path("code").asString()).isEqualTo("REFUNDCLOSE");
    }

    /// 1,000 yuan is the setting's default.
    @Test
    void aLargeRefundNeedsASecondOperatorAndSmallOnesAreNoWayAround() {
        api.log().append(Facts.order(order.trade(), order.user(), 200_000, 5_000_000, Facts.MERCHANT, Facts.AT));
        order.paid("A", Money.ofFen(200_000));
        order.credited("A", order.user(), 5_000_000);
        RefundNumber small = RefundNumber.of(order.number(), "small");
        requested(Map.of("money", "900.00", "reason", "r"), "small", facts.reserve(small, 90_000, 2_250_000));
        assertThat(preview("100.01").path("needs_approval").asBoolean()).isTrue();
        RefundNumber number = RefundNumber.of(order.number(), "k");

        JsonNode waiting = requested(Map.of("money", "100.01", "reason", "r"), "k", facts.reserve(number, 10_001, 250_025, true));

        assertThat(waiting.path("data").path("state").path("status").asString()).isEqualTo("WAITING");
        assertThat(waitingNumbers()).contains(number.value());
        assertThat(code(decide(api.operator(), number, "approve", "mine"))).isEqualTo("SECOND_OPERATOR_NEEDED");
        JsonNode approved = decide(api.withRole(2, "operator"), number, "approve", "checked");
        assertThat(approved.path("data").path("state").path("status").asString()).isEqualTo("UNDER_WAY");
        assertThat(approved.path("data").path("decided").path("actor").asString()).isEqualTo("2");
        assertThat(decide(api.withRole(2, "operator"), number, "approve", "checked").path("success").asBoolean()).as("again").isTrue();
        assertThat(code(decide(api.withRole(3, "operator"), number, "decline", "late"))).isEqualTo("REFUND_DECIDED");
        assertThat(waitingNumbers()).doesNotContain(number.value());
    }

    @Test
    void whoRequestedARefundMayWithdrawItBeforeItsApproval() {
        credited();
        RefundNumber number = RefundNumber.of(order.number(), "k");
        requested(Map.of("money", "73.00", "reason", "r"), "k", facts.reserve(number, 7_300, 5_000_000, true));

        assertThat(decide(api.operator(), number, "decline", "a mistake").path("data").path("state").path("status").asString())
                .isEqualTo("DECLINED");
        tell(facts.quotaReturned(number));
        await().atMost(SOON).until(() -> order.status().equals("CREDITED") && order.owner().quota() == 5_000_000);
    }

    @Test
    void aRefundFoundAtTheProviderIsShownAndItsQuotaIsDecided() {
        credited();
        var number = new RefundNumber("CONSOLE-1");
        tell(new RefundFound(order.number(), number, facts.payment(), Money.ofFen(7_300), OutcomeFacts.provided(7_300),
                ConfirmationSource.QUERY, OutcomeFacts.EVIDENCE));
        await().atMost(SOON).until(() -> order.status().equals("REFUNDED"));
        assertThat(order.owner().quota()).as("until an operator decides").isEqualTo(5_000_000);
        assertThat(waitingNumbers()).contains("CONSOLE-1");
        assertThat(code(requested(Map.of("money", "0.01", "reason", "r"), "k", null))).isEqualTo("REFUND_ABOVE_LEFT");

        JsonNode resolved = Client.json(api.operator().posted("/api/topup/" + order.trade() + "/refunds/CONSOLE-1/resolve",
                Map.of("quota", "take", "reason", "r"), null));
        tell(new QuotaTaken(order.number(), number, facts.userId(), new Quota(5_000_000), new Quota(0), UUID.randomUUID()));

        assertThat(resolved.path("data").path("decided").path("reason").asString()).isEqualTo("r");
        await().atMost(SOON).until(() -> order.owner().quota() == 0);
        assertThat(refunds().path("refunds").get(0).path("state").path("status").asString()).isEqualTo("QUOTA_TAKEN");
    }

    @Test
    void heldMoneyIsRefundedByTheSameActThatDecidesAboutItAndCanBeCreditedWhenThatFails() {
        order.place();
        order.held("A", Money.ofFen(7_200), HoldReason.AMOUNT_MISMATCH);

        assertThat(order.resolve(Map.of("resolution", "refund", "reason", "r"), "k").path("success").asBoolean()).isTrue();
        assertThat(order.entries("RefundRequested")).singleElement().satisfies(entry -> {
            assertThat(entry.path("data").path("funds").asString()).isEqualTo("HELD");
            assertThat(entry.path("data").path("money").path("minor_units").asLong()).isEqualTo(7_200);
        });
        var number = new RefundNumber(order.entries("RefundRequested").getFirst().path("data").path("refund_number").asString());
        tell(facts.reserveMoney(number, 7_200));
        await().atMost(SOON).until(() -> order.status().equals("REFUNDING"));
        tell(facts.failure(number, Failure.REFUSED, "TRADE_OVERDUE"));
        await().atMost(SOON).until(() -> order.status().equals("HELD"));

        assertThat(order.resolve(Map.of("resolution", "credit", "reason", "s"), "l").path("success").asBoolean())
                .as("it is decided about anew").isTrue();
    }

    @Test
    void whatIsNotPaidCannotBeRefunded() {
        order.place();

        assertThat(code(requested(Map.of("money", "1.00", "reason", "r"), "k", null))).isEqualTo("NOTHING_TO_REFUND");
        assertThat(code(decide(api.operator(), new RefundNumber("none"), "approve", "r"))).isEqualTo("NOT_FOUND");
        api.withRole(5, "auditor").posted("/api/topup/" + order.trade() + "/refunds", Map.of("money", "1.00", "reason", "r"), "k")
                .expectStatus().isForbidden();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.00", "-1", "1.001", "1e2", "１", "", "1,00", "99999999999999999999"})
    void refusesWhatIsNoAmount(String money) {
        credited();

        assertThat(code(requested(Map.of("money", money, "reason", "r"), "k", null))).isEqualTo("MALFORMED");
    }

    private void credited() {
        order.place();
        order.paid("A", Money.ofFen(7_300));
        order.credited("A", order.user(), 5_000_000);
        await().atMost(SOON).until(() -> order.status().equals("CREDITED"));
    }

    private void tell(RefundEvent... events) {
        api.log().append(List.of(events));
    }

    /// The ledger's outcome is appended once the request stands in the log.
    private JsonNode requested(Map<String, String> wish, @Nullable String key, @Nullable RefundEvent outcome) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<JsonNode> answer = threads.submit(() -> Client.json(api.operator().inEnglish()
                    .posted("/api/topup/" + order.trade() + "/refunds", wish, key)));
            if (outcome != null) {
                await().atMost(SOON).until(() -> order.entries("RefundRequested").stream()
                        .anyMatch(entry -> entry.path("data").path("refund_number").asString().equals(outcome.refundNumber().value())));
                tell(outcome);
            }
            return answer.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode decide(Client operator, RefundNumber number, String act, String reason) {
        return Client
                .json(operator.posted("/api/topup/" + order.trade() + "/refunds/" + number + "/" + act, Map.of("reason", reason), null));
    }

    private JsonNode preview(String money) {
        return api.operator().get("/api/topup/" + order.trade() + "/refunds/preview?money=" + money).path("data");
    }

    private JsonNode refunds() {
        return api.operator().get("/api/topup/" + order.trade() + "/refunds").path("data");
    }

    private List<String> waitingNumbers() {
        return api.operator().get("/api/topup/refunds").path("data").valueStream().map(each -> each.path("refund_number").asString())
                .toList();
    }
}
