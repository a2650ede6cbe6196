package dev.sluice.order.placement;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

import dev.sluice.order.Client;
import dev.sluice.order.FakeWechat;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;

import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What front ends, browsers and proxies were reported to send. None of it is a failure of ours, and nothing is guessed.
@ExtendWith(SharedApi.class)
class FieldCasesIT {
    private static final String TEN = "{\"amount\":10,\"payment_method\":\"wechat\"}";
    private final RunningApi api;
    private final FakeWechat wechat;
    private final Client user;

    FieldCasesIT(RunningApi api, FakeWechat wechat) {
        this.api = api;
        this.wechat = wechat;
        user = api.anotherUser();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"\"10\"|400|MALFORMED", "10.0|400|MALFORMED", "1e1|400|MALFORMED",
            "10.5|400|MALFORMED", "null|400|MALFORMED", "true|400|MALFORMED", "[10]|400|MALFORMED", "\"\"|400|MALFORMED",
            "1e400|400|MALFORMED", "NaN|400|MALFORMED", "-0|200|AMOUNT_BELOW_MINIMUM", "010|400|MALFORMED", "0xA|400|MALFORMED",
            "9007199254740993|200|AMOUNT_TOO_LARGE", "{}|400|MALFORMED"})
    void anAmountIsAWholeNumberAndNothingElse(String amount, int status, String code) {
        for (String path : List.of("/api/user/amount", "/api/user/wechat/pay")) {
            ResponseSpec answer = post(path, "{\"amount\":" + amount + ",\"payment_method\":\"wechat\"}", "application/json");

            assertThat(Client.json(answer.expectStatus().isEqualTo(status)).path("code").asString()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;charset=UTF-8", "application/json; charset=utf-8", "APPLICATION/JSON",
            "application/json; charset=GBK",
            "application/json;charset=ISO-8859-1"})
    void takesJsonWhateverItsCharsetIsSaidToBe(String type) {
        assertThat(Client.json(post("/api/user/wechat/pay", "\r\n " + TEN + "\n", type).expectStatus().isOk()).path("message").asString())
                .isEqualTo("success");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json", "*/*",
            "json",
            "application/json;charset=no-such-charset", "application/json;q=x;;"})
    void refusesWhatIsNotDeclaredAsJsonInTheDocumentedForm(String type) {
        ResponseSpec answer = post("/api/user/wechat/pay", TEN, type);

        int status = answer.returnResult(Void.class).getStatus().value();
        assertThat(status).isIn(200, 400, 415);
    }

    @Test
    void refusesABodyWithoutATypeAndAByteOrderMarkInTheDocumentedForm() {
        ResponseSpec untyped = user.http().post().uri("/api/user/wechat/pay").headers(headers -> headers.remove("Content-Type"))
                .bodyValue(TEN.getBytes(StandardCharsets.UTF_8)).exchange();
        assertThat(Client.json(untyped).path("code").asString()).isIn("MEDIA_TYPE_UNSUPPORTED", "MALFORMED");

        JsonNode marked = Client.json(post("/api/user/wechat/pay", "\ufeff" + TEN, "application/json"));
        assertThat(marked.path("code").asString(marked.path("message").asString())).isIn("MALFORMED", "success");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"zh_CN|不存在", "en_AE|不存在", "en;|Not found", "en-US;q=0,9|不存在", "``|不存在",
            "*|不存在", "en-GB,en;q=0.9|Not found", "de|不存在", "en-US-x-very-long-private-use|Not found"})
    void aLanguageThatCannotBeReadIsChinese(String languages, String text) {
        JsonNode answer = Client.json(user.http().get().uri("/api/user/topup/NONE").header("Accept-Language", languages)
                .header("Accept", "text/html;q=x").exchange().expectStatus().isNotFound());

        assertThat(answer.path("code").asString()).isEqualTo("NOT_FOUND");
        assertThat(answer.path("data").asString()).isEqualTo(text);
    }

    @Test
    void aLanguageWithoutEndIsNoFailure() {
        user.http().get().uri("/api/user/topup/NONE").header("Accept-Language", "en,".repeat(2000)).exchange().expectStatus()
                .isEqualTo(404);
    }

    /// WeChat Pay refuses a number that comes again with other parameters.
    @Test
    void asksAgainWithTheVerySameWords() {
        wechat.mood = FakeWechat.Mood.FORGETTING;
        int before = wechat.requests.size();
        user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, "same-words", 503);
        wechat.mood = FakeWechat.Mood.KIND;
        user.pay(10, "same-words");

        List<String> asked = wechat.requests.subList(before, wechat.requests.size()).stream().map(FieldCasesIT::withoutNonce).toList();
        assertThat(asked).hasSize(2).containsOnly(asked.getFirst());
    }

    private static String withoutNonce(String request) {
        return request.replaceAll("<(nonce_str|sign)>.*?</\\1>", "").lines().sorted().toList().toString();
    }

    /// Otherwise a user whose provider was away could not try again when it is back.
    @Test
    void failedAttemptsDoNotLockAUserOut() {
        wechat.mood = FakeWechat.Mood.FORGETTING;
        for (int i = 0; i < Limits.UNPAID_ORDERS; i++) {
            user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, null, 503);
        }
        wechat.mood = FakeWechat.Mood.KIND;

        assertThat(user.pay(10, null).path("message").asString()).isEqualTo("success");
    }

    /// The provider may notify before it answers the call that made the code.
    @Test
    void anOrderThatIsPaidBeforeTheCallReturnsStaysPaidAndShowsNoCode() {
        wechat.whenAsked = number -> {
            api.credit(number, user);
            await().atMost(SOON).until(() -> user.status(number).equals("CREDITED"));
        };

        JsonNode answer = user.pay(10, "paid-early").path("data");

        assertThat(answer.path("pay_url").isNull()).isTrue();
        assertThat(answer.path("pay_action").isNull()).isTrue();
        assertThat(answer.path("qr_svg").isNull()).isTrue();
        assertThat(user.status(answer.path("order_id").asString())).isEqualTo("CREDITED");
    }

    /// The key of a permanent refusal is at its end, and the provider's words are where an operator looks.
    @Test
    void aPermanentRefusalEndsTheKey() {
        wechat.mood = FakeWechat.Mood.REFUSING;

        assertThat(user.pay(10, "ended").path("code").asString()).isEqualTo("PROVIDER_REFUSED");
        wechat.mood = FakeWechat.Mood.KIND;
        assertThat(user.pay(10, "ended").path("code").asString()).isEqualTo("ORDER_ENDED");
    }

    private ResponseSpec post(String path, String body, String type) {
        return user.http().post().uri(path).header("Content-Type", type).body((request, context) -> request
                .writeWith(reactor.core.publisher.Mono.just(request.bufferFactory().wrap(body.getBytes(StandardCharsets.UTF_8)))))
                .exchange();
    }
}
