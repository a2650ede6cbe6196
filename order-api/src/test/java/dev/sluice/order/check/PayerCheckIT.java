package dev.sluice.order.check;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.github.f4b6a3.ulid.UlidCreator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.evidence.ProviderAnswer.Meaning;
import dev.sluice.event.evidence.ProviderAnswer.Question;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.order.Client;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.Providers;

import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A payer presses "I have paid": the provider is queried, and its answer shown. The test answers in the reconciler's place.
@ExtendWith(SharedApi.class)
class PayerCheckIT {
    private final RunningApi api;
    private final Client user;

    PayerCheckIT(RunningApi api) {
        this.api = api;
        user = api.anotherUser();
    }

    @ParameterizedTest
    @CsvSource({"UNPAID, UNPAID", "ABSENT, UNPAID", "CLOSED, UNPAID", "UNCLEAR, UNKNOWN", "UNKNOWN, UNKNOWN"})
    void showsWhatTheProviderAnswersNow(Meaning meaning, String payment) {
        String number = user.order();
        answer(number, Meaning.UNPAID);
        CompletableFuture<JsonNode> checked = CompletableFuture.supplyAsync(() -> check(user, number, 200));
        awaitRequest(number);
        assertThat(checked).as("the answer of before does not count").isNotDone();

        answer(number, meaning);

        JsonNode data = checked.join().path("data");
        assertThat(data.path("payment").asString()).isEqualTo(payment);
        assertThat(data.path("answered_at").asString()).isNotEmpty();
        assertThat(data.path("order").path("status").asString()).isEqualTo("AWAITING_PAYMENT");
    }

    @Test
    void showsThePaymentWhenItIsThere() {
        String number = user.order();
        CompletableFuture<JsonNode> checked = CompletableFuture.supplyAsync(() -> check(user, number, 200));
        awaitRequest(number);

        api.credit(number, user);

        JsonNode data = checked.join().path("data");
        assertThat(data.path("payment").asString()).isEqualTo("PAID");
        await().atMost(SOON).until(() -> user.status(number).equals("CREDITED"));
        assertThat(check(user, number, 200).path("data").path("payment").asString()).isEqualTo("PAID");
        assertThat(requests(number)).as("what is credited is not queried").isEqualTo(1);
    }

    /// Two presses, two pages: one query. And without an answer nobody says that there is no payment.
    @Test
    void isOneQueryHoweverOftenItIsPressed() {
        String number = user.order();
        CompletableFuture<JsonNode> first = CompletableFuture.supplyAsync(() -> check(user, number, 200));
        JsonNode second = check(user, number, 200);

        assertThat(first.join().path("data").path("payment").asString()).isEqualTo("UNKNOWN");
        assertThat(second.path("data").path("payment").asString()).isEqualTo("UNKNOWN");
        assertThat(second.path("data").path("answered_at").isNull()).isTrue();
        // The turn may have ended between the two.
        assertThat(requests(number)).isBetween(1L, 2L);
    }

    @Test
    void theAnswerOfAMomentAgoIsThatOfARepeatedPress() {
        String number = user.order();
        JsonNode first = answeredCheck(number);

        long begun = System.nanoTime();
        JsonNode second = check(user, number, 200).path("data");

        // Else the turn has ended between the two, and the second one has waited for an answer that does not come.
        if (requests(number) == 1) {
            assertThat(second.path("answered_at")).isEqualTo(first.path("answered_at"));
            assertThat(System.nanoTime() - begun).isLessThan(Limits.ANSWER_WITHIN.toNanos());
        }
    }

    private JsonNode answeredCheck(String number) {
        CompletableFuture<JsonNode> checked = CompletableFuture.supplyAsync(() -> check(user, number, 200));
        awaitRequest(number);
        answer(number, Meaning.UNPAID);
        return checked.join().path("data");
    }

    @Test
    void isForTheOwnerAndLimitedByTheDay() {
        String number = user.order();
        assertThat(check(api.anotherUser(), number, 404).path("code").asString()).isEqualTo("NOT_FOUND");
        api.jdbc().sql("insert into orders.payer_check values (?, (now() at time zone 'Asia/Shanghai')::date, ?)")
                .param(Long.toString(user.id()))
                .param(Limits.CHECKS_PER_DAY).update();

        assertThat(check(user, number, 429).path("code").asString()).isEqualTo("TOO_MANY_CHECKS");
        assertThat(requests(number)).isZero();
    }

    private static JsonNode check(Client client, String number, int status) {
        return client.post("/api/user/topup/" + number + "/check", Map.of(), null, status);
    }

    private void awaitRequest(String number) {
        await().atMost(SOON).until(() -> requests(number) == 1);
    }

    private long requests(String number) {
        return api.jdbc().sql("select count(*) from orders.timeline where trade_no = ? and type = 'dev.sluice.CheckRequested.v1'")
                .param(number).query(Long.class).single();
    }

    private void answer(String number, Meaning meaning) {
        Instant now = Instant.now();
        api.log().append(new ProviderAnswer(UlidCreator.getMonotonicUlid().toString(), Providers.WECHAT, new TradeNumber(number),
                Question.QUERY, now, now, new byte[0], meaning, "test"));
        await().atMost(SOON).until(() -> api.jdbc().sql("""
                select count(*) from orders.timeline
                where trade_no = ? and type = 'dev.sluice.ProviderAnswer.v1' and data ->> 'meaning' = ?""")
                .param(number).param(meaning.name()).query(Long.class).single() > 0);
    }
}
