package dev.sluice.order;

import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.order.hold.Holds;
import dev.sluice.testing.Facts;

import static dev.sluice.order.RunningApi.SOON;
import static dev.sluice.order.Scenario.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What becomes of money that is held, as operators decide it, on a real Kafka and a real PostgreSQL.
@ExtendWith(SharedApi.class)
class HoldResolutionIT {
    private final RunningApi api;
    private final Scenario order;

    HoldResolutionIT(RunningApi api) {
        this.api = api;
        order = Scenario.of(api);
    }

    @Test
    void releasesAPaymentToTheOrdersUserForAsMuchAsWasPaid() {
        order.place();
        order.held("A", Money.ofFen(7299), HoldReason.AMOUNT_MISMATCH);
        assertThat(listed()).as("what is due, and what a decision would give").isEqualTo(
                "{\"user_id\":\"%d\",\"money\":\"73.00\",\"quota\":5000000} 4999315 4999315".formatted(order.user()));

        JsonNode answer = order.resolve(Map.of("resolution", "credit", "reason", "the payer\0 called"), "k");

        assertThat(answer.path("data")).isEqualTo(JsonMapper.shared().readTree("""
                {"order_id":"%s","payment_method":"wechat","transaction_id":"%s","resolution":"credit","user_id":"%d","quota":4999315}"""
                .formatted(order.trade(), order.transaction("A"), order.user())));
        assertThat(order.status()).as("it is the worker's to credit").isEqualTo("HELD");
        order.released("A", order.user(), 4_999_315);
        await().atMost(SOON).until(() -> order.status().equals("CREDITED"));
        assertThat(order.view().path("quota").asLong()).isEqualTo(4_999_315);
        assertThat(order.owner().quota()).isEqualTo(4_999_315);
        assertThat(order.story())
                .isEqualTo("Order of 73.00 yuan; payment %s of 72.99 CNY released by operator 1, 4999315 quota credited to user %d"
                        .formatted(order.transaction("A"), order.user()));
        assertThat(order.entries("HoldResolved")).singleElement().satisfies(act -> {
            assertThat(act.path("data").path("actor").asLong()).isEqualTo(RunningApi.OPERATOR);
            assertThat(act.path("data").path("reason").asString()).isEqualTo("the payer\uFFFD called");
        });
    }

    /// Of the order's hold in the list: the order, the quota that `credit` gives by itself, and the most that it may give.
    private String listed() {
        return api.operator().get("/api/topup/holds").path("data").valueStream()
                .filter(hold -> hold.path("order_id").asString().equals(order.trade().toString())).findFirst()
                .map(hold -> hold.path("order") + " " + hold.path("quota") + " " + hold.path("most")).orElseThrow();
    }

    /// An account holds no more than a `long`, and the worker could not book what exceeds it.
    @Test
    void creditsNoMoreThanTheAccountCanHold() {
        order.place();
        order.held("A", Money.ofFen(7300), HoldReason.LATE_PAYMENT);
        api.jdbc().sql("insert into orders.user_quota (user_id, quota) values (?, ?)")
                .params(Long.toString(order.user()), Long.MAX_VALUE - 4_999_999).update();

        assertThat(Scenario.code(order.resolve(Map.of("resolution", "credit", "reason", "r"), null))).isEqualTo("AMOUNT_TOO_LARGE");
        assertThat(order.resolve(Map.of("resolution", "credit", "reason", "r", "quota", 4_999_999), null).path("success").asBoolean())
                .isTrue();
    }

    @Test
    void theFullPriceGivesTheOrdersQuotaAndDoubleGivesDouble() {
        order.place();
        order.held("A", Money.ofFen(7300), HoldReason.LATE_PAYMENT);
        order.held("B", Money.ofFen(14_600), HoldReason.AMOUNT_MISMATCH);

        assertThat(order.resolve(Map.of("resolution", "credit", "reason", "r", "transaction_id", order.transaction("A").value()), null)
                .path("data").path("quota")
                .asLong()).isEqualTo(5_000_000);
        assertThat(
                order.resolve(Map.of("resolution", "credit", "reason", "only this one is open"), null).path("data").path("quota").asLong())
                .isEqualTo(10_000_000);
    }

    /// The owner must not read that the quota is there.
    @Test
    void creditsSomebodyElseAndTellsTheOwnerTheTruth() {
        order.place();
        order.held("A", Money.ofFen(1), HoldReason.AMOUNT_MISMATCH);
        Client other = api.anotherUser();
        order.resolve(Map.of("resolution", "credit", "reason", "it was theirs", "user_id", other.id(), "quota", 500), "k");
        order.released("A", other.id(), 500);

        await().atMost(SOON).until(() -> order.status().equals("CREDITED"));

        assertThat(order.view().path("quota").asLong()).isZero();
        assertThat(order.owner().quota()).isZero();
        assertThat(other.quota()).isEqualTo(500);
        order.credited("B", order.user(), 5_000_000);
        await().atMost(SOON).until(() -> order.view().path("quota").asLong() == 5_000_000);
        assertThat(order.view().path("transaction_id").asString()).isEqualTo(order.transaction("B").value());
        assertThat(order.owner().quota()).isEqualTo(5_000_000);
    }

    @Test
    void marksADuplicateForRefundAndSaysSoBesideTheCredit() {
        order.place();
        order.paid("A", Money.ofFen(7300));
        order.credited("A", order.user(), 5_000_000);
        order.held("B", Money.ofFen(7300), HoldReason.DUPLICATE_PAYMENT);
        assertThat(order.story())
                .endsWith("payment %s of 73.00 CNY received but not credited, an operator has to decide, reason DUPLICATE_PAYMENT"
                        .formatted(order.transaction("B")));

        assertThat(order.resolve(Map.of("resolution", "refund", "reason", "paid twice"), null).path("data").path("resolution").asString())
                .isEqualTo("refund");

        await().atMost(SOON).untilAsserted(() -> assertThat(order.story()).isEqualTo(
                "73.00 yuan: 5000000 quota credited to user %d; payment %s of 73.00 CNY not credited, being refunded by decision of operator 1"
                        .formatted(order.user(), order.transaction("B"))));
        assertThat(order.view().path("quota").asLong()).isEqualTo(5_000_000);
    }

    @Test
    void moneyForANumberThatWeNeverIssuedNeedsToBeToldWhose() {
        order.held("A", Money.ofFen(5), HoldReason.UNKNOWN_ORDER);
        assertThat(listed()).matches("null null [1-9]\\d*");

        assertThat(code(order.resolve(Map.of("resolution", "credit", "reason", "r"), "k"))).isEqualTo("CREDIT_NEEDS_USER_AND_QUOTA");
        assertThat(code(order.resolve(Map.of("resolution", "credit", "reason", "r", "user_id", 7), "k")))
                .isEqualTo("CREDIT_NEEDS_USER_AND_QUOTA");
        assertThat(order.resolve(Map.of("resolution", "credit", "reason", "r", "user_id", order.user(), "quota", 3), "k").path("success")
                .asBoolean())
                .isTrue();
        order.released("A", order.user(), 3);

        await().atMost(SOON).until(() -> order.owner().quota() == 3);
        assertThat(order.story()).startsWith("Not an order of this system; payment " + order.transaction("A"))
                .endsWith("3 quota credited to user " + order.user());
    }

    @ParameterizedTest
    @CsvSource({"LATE_PAYMENT, 7300, 5000000", "AMOUNT_MISMATCH, 1, 684", "AMOUNT_MISMATCH, 0, 0", "UNKNOWN_ORDER, 100, 136986"})
    void releasesNoMoreThanThePaymentBuys(HoldReason reason, long fen, long most) {
        if (reason != HoldReason.UNKNOWN_ORDER) {
            order.place();
        }
        order.held("A", Money.ofFen(fen), reason);
        Map<String, Object> tooMuch = Map.of("resolution", "credit", "reason", "r", "user_id", order.user(), "quota", most + 1);

        JsonNode refused = order.resolve(tooMuch, "k");

        assertThat(code(refused)).isEqualTo("QUOTA_ABOVE_PAYMENT");
        assertThat(refused.path("data").asString()).contains(Long.toString(most));
        if (most > 0) {
            Map<String, Object> all = Map.of("resolution", "credit", "reason", "r", "user_id", order.user(), "quota", most);
            assertThat(order.resolve(all, "k").path("success").asBoolean()).isTrue();
            assertThat(code(order.resolve(tooMuch, "k"))).as("decided is decided").isEqualTo("IDEMPOTENCY_CONFLICT");
        }
    }

    /// What the payer has again is not turned into quota, too.
    @ParameterizedTest
    @CsvSource({"PARTLY_REFUNDED, 7300, 3650, 2500000", "AMOUNT_MISMATCH, 7300, 1, 4999315", "LATE_PAYMENT, 7300, 7300, 0",
            "UNKNOWN_ORDER, 130, 30, 136986"})
    void releasesNoMoreThanIsLeftOfAPayment(HoldReason reason, long fen, long refunded, long most) {
        if (reason != HoldReason.UNKNOWN_ORDER) {
            order.place();
        }
        order.held("A", Money.ofFen(fen), Money.ofFen(refunded), reason);
        Map<String, Object> wish = Map.of("resolution", "credit", "reason", "r", "user_id", order.user());
        Map<String, Object> tooMuch = new HashMap<>(wish);
        tooMuch.put("quota", most + 1);

        assertThat(code(order.resolve(wish, "k"))).as("a part is gone, and more may be").isEqualTo("CREDIT_NEEDS_USER_AND_QUOTA");
        JsonNode refused = order.resolve(tooMuch, "k");

        assertThat(code(refused)).isEqualTo("QUOTA_ABOVE_PAYMENT");
        assertThat(refused.path("data").asString()).contains(Long.toString(most));
        assertThat(api.operator().get("/api/topup/holds").path("data").valueStream()
                .filter(hold -> hold.path("order_id").asString().equals(order.trade())))
                .singleElement().satisfies(hold -> assertThat(hold.path("refunded").asString())
                        .isEqualTo(Money.ofFen(refunded).decimal()));
        if (most > 0) {
            tooMuch.put("quota", most);
            assertThat(order.resolve(tooMuch, "k").path("success").asBoolean()).isTrue();
        }
    }

    /// The same, when it is known only after the payment was held.
    @Test
    void aRefundThatIsLearntLaterCountsToo() {
        order.place();
        order.held("A", Money.ofFen(7300), HoldReason.LATE_PAYMENT);
        Map<String, Object> all = Map.of("resolution", "credit", "reason", "r", "quota", 5_000_000);

        api.log().append(Facts.partlyRefunded(order.trade(), order.transaction("A").value(), 7300, 3650));
        await().atMost(SOON).untilAsserted(() -> assertThat(api.bean(Holds.class).of(order.trade())).singleElement()
                .satisfies(hold -> assertThat(hold.refunded()).isEqualTo(Money.ofFen(3650))));
        assertThat(order.resolve(all, "k").path("data").asString()).as("the most").contains("2500000");
        api.log().append(new OrderClosed(order.number(), CloseReason.REFUNDED, LatePayment.HOLD));
        await().atMost(SOON).untilAsserted(() -> assertThat(api.bean(Holds.class).of(order.trade())).singleElement()
                .satisfies(hold -> assertThat(hold.refunded()).isEqualTo(Money.ofFen(7300))));

        assertThat(code(order.resolve(Map.of("resolution", "credit", "reason", "r", "quota", 1), "k"))).isEqualTo("QUOTA_ABOVE_PAYMENT");
    }

    /// Its rate is not known here, so an operator names the quota: no more than as many minor units of the order's currency buy.
    @ParameterizedTest
    @CsvSource({"7300, true, 5000000", "100, false, 136986"})
    void aPaymentInAnotherCurrencyHasABoundToo(long minorUnits, boolean known, long most) {
        if (known) {
            order.place();
        }
        order.held("A", new Money(minorUnits, Currency.getInstance("HKD")), known ? HoldReason.AMOUNT_MISMATCH : HoldReason.UNKNOWN_ORDER);
        Map<String, Object> wish = Map.of("resolution", "credit", "reason", "r", "user_id", order.user());
        Map<String, Object> tooMuch = new HashMap<>(wish);
        tooMuch.put("quota", most + 1);

        assertThat(code(order.resolve(wish, "k"))).isEqualTo("CREDIT_NEEDS_USER_AND_QUOTA");
        assertThat(code(order.resolve(tooMuch, "k"))).isEqualTo("QUOTA_ABOVE_PAYMENT");
        tooMuch.put("quota", most);
        assertThat(order.resolve(tooMuch, "k").path("success").asBoolean()).isTrue();
    }

    /// The payment is not worth what its amount says: only an operator knows what is left of it.
    @ParameterizedTest
    @EnumSource(names = {"PARTLY_REFUNDED", "TRANSACTION_REUSED"})
    void moneyThatMayBeGoneNeedsAnAmount(HoldReason reason) {
        order.place();
        order.held("A", Money.ofFen(7300), reason);

        assertThat(code(order.resolve(Map.of("resolution", "credit", "reason", "r"), "k"))).isEqualTo("CREDIT_NEEDS_USER_AND_QUOTA");

        assertThat(api.bean(Holds.class).of(order.trade())).allSatisfy(hold -> assertThat(hold.decision()).isEmpty());
        JsonNode answer = order.resolve(Map.of("resolution", "credit", "reason", "r", "quota", 3), "k");
        assertThat(answer.path("data").path("quota").asLong()).isEqualTo(3);
        assertThat(answer.path("data").path("user_id").asString()).isEqualTo(Long.toString(order.user()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"MALFORMED|{`resolution`:`keep`}", "MALFORMED|{`reason`:` `}",
            "MALFORMED|{`reason`:null}", "MALFORMED|{`quota`:0}", "MALFORMED|{`quota`:1.5}", "MALFORMED|{`quota`:`1`}",
            "MALFORMED|{`quota`:9007199254740993}", "MALFORMED|{`user_id`:``}", "MALFORMED|{`user_id`:`a b`}", "MALFORMED|{`mood`:1}",
            "MALFORMED|{`transaction_id`:`?`}", "NOT_FOUND|{`transaction_id`:`other`}", "MALFORMED|{`resolution`:`refund`,`quota`:1}",
            "CREDIT_NEEDS_USER_AND_QUOTA|{`transaction_id`:`HK-%s`}", "CREDIT_NEEDS_USER_AND_QUOTA|{`transaction_id`:`NONE-%s`}"})
    void saysWhatIsWrongWithADecision(String code, String change) {
        order.place();
        order.held("A", Money.ofFen(7300), HoldReason.LATE_PAYMENT);
        order.held("HK", new Money(7300, Currency.getInstance("HKD")), HoldReason.AMOUNT_MISMATCH);
        order.held("NONE", Money.ofFen(0), HoldReason.AMOUNT_MISMATCH);
        Map<String, Object> body = new HashMap<>(
                Map.of("resolution", "credit", "reason", "r", "transaction_id", order.transaction("A").value()));
        JsonMapper.shared().readTree(change.replace('`', '"').formatted(order.trade())).properties()
                .forEach(field -> body.put(field.getKey(), JsonMapper.shared().treeToValue(field.getValue(), Object.class)));

        assertThat(code(order.resolve(body, "k"))).isEqualTo(code);

        assertThat(api.bean(Holds.class).of(order.trade())).allSatisfy(hold -> assertThat(hold.decision()).isEmpty());
    }
}
