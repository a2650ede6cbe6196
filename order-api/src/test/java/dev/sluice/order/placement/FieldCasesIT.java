package dev.sluice.order.placement;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.value.Provider;
import dev.sluice.order.Client;
import dev.sluice.order.FakeAlipay;
import dev.sluice.order.FakeWechat;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.Tokens;

import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What front ends, browsers and proxies were reported to send. None of it is a failure of ours, and nothing is guessed.
@ExtendWith(SharedApi.class)
class FieldCasesIT {
    private static final String TEN = "{\"amount\":10,\"payment_method\":\"wechat\"}";
    private final RunningApi api;
    private final FakeWechat wechat;
    private final FakeAlipay alipay;
    private final Client user;

    FieldCasesIT(RunningApi api, FakeWechat wechat, FakeAlipay alipay) {
        this.api = api;
        this.wechat = wechat;
        this.alipay = alipay;
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
    @CsvSource(delimiter = '|', nullValues = "none", value = {"text/plain|415|MEDIA_TYPE_UNSUPPORTED",
            "application/x-www-form-urlencoded|415|MEDIA_TYPE_UNSUPPORTED",
            "multipart/form-data; boundary=x|415|MEDIA_TYPE_UNSUPPORTED", "text/json|415|MEDIA_TYPE_UNSUPPORTED",
            "*/*|415|MEDIA_TYPE_UNSUPPORTED", "json|415|MEDIA_TYPE_UNSUPPORTED", "none|415|MEDIA_TYPE_UNSUPPORTED",
            "application/json;charset=no-such-charset|415|MEDIA_TYPE_UNSUPPORTED", "application/json;q=x;;|415|MEDIA_TYPE_UNSUPPORTED"})
    void refusesWhatIsNotDeclaredAsJson(@Nullable String type, int status, String code) {
        for (String path : List.of("/api/user/amount", "/api/user/wechat/pay")) {
            JsonNode answer = Client.json(post(path, TEN, type).expectStatus().isEqualTo(status));

            assertThat(answer.path("message").asString()).isEqualTo("error");
            assertThat(answer.path("code").asString()).isEqualTo(code);
            assertThat(answer.path("data").asString()).isEqualTo("请求内容须为 application/json");
        }
    }

    /// RFC 8259 lets a reader ignore it, and Windows writes it.
    @Test
    void aByteOrderMarkIsNoPartOfTheJson() {
        assertThat(Client.json(post("/api/user/wechat/pay", "\ufeff" + TEN, "application/json").expectStatus().isOk()).path("message")
                .asString()).isEqualTo("success");
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

    /// A header that says nothing to us, and is not always well formed. `pay` has carried out the request when its answer is written.
    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/html, image/gif, image/jpeg, */*; q=0.2", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
            "application/json", "text/html", "image/png", "application/xml", "text/html;q=x", "json", "/", "application/json;q=7",
            "application/json;charset=no-such-charset"})
    void whateverIsAcceptedTheAnswerIsTheSameJson(String accept) {
        Client caller = new Client(user.id(), user.http().mutate().defaultHeader("Accept", accept).build());

        for (ResponseSpec answer : List.of(caller.posted("/api/user/amount", Client.TEN_BY_WECHAT, null),
                caller.posted("/api/user/wechat/pay", Client.TEN_BY_WECHAT, "accept"),
                caller.http().get().uri("/api/user/quota").exchange())) {
            JsonNode json = Client.json(answer.expectStatus().isOk().expectHeader().contentTypeCompatibleWith("application/json"));
            assertThat(json.path("code").isMissingNode()).as(json.toString()).isTrue();
        }
    }

    /// Clients cannot send them by mistake, but what stands between can. Such a request is no HTTP, and is refused before it is read.
    @ParameterizedTest
    @ValueSource(strings = {"en\u0001", "\u0007", "en\u000b;q=1", "en\u007f", "en\u0000"})
    void aLanguageWithControlCharactersIsNoFailure(String languages) throws Exception {
        String answer = raw("Accept-Language: " + languages);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aLanguageWithATabIsRead() throws Exception {
        assertThat(raw("Accept-Language: de,\ten;q=0.9")).startsWith("HTTP/1.1 404 ").endsWith("\"Not found\",\"code\":\"NOT_FOUND\"}");
    }

    /// One GET, byte by byte.
    private String raw(String header) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /api/user/topup/NONE HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
                            .formatted(Tokens.of(user.id(), "group", ""), header).getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
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
    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void anOrderThatIsPaidBeforeTheCallReturnsStaysPaidAndShowsNoCode(String method) {
        Consumer<String> payment = number -> {
            api.credit(number, user, new Provider(method));
            await().atMost(SOON).until(() -> user.status(number).equals("CREDITED"));
        };
        wechat.whenAsked = payment;
        alipay.whenAsked = payment;

        JsonNode answer = user.payBy(method, 10, "paid-early", 200).path("data");

        showsNoCode(answer);
        assertThat(user.status(answer.path("order_id").asString())).isEqualTo("CREDITED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wechat", "alipay"})
    void theSameKeyAfterTheCreditIsTheSameOrderWithoutACode(String method) {
        String number = user.payBy(method, 10, "twice", 200).path("data").path("order_id").asString();
        api.credit(number, user, new Provider(method));
        await().atMost(SOON).until(() -> user.status(number).equals("CREDITED"));

        JsonNode again = user.payBy(method, 10, "twice", 200).path("data");

        assertThat(again.path("order_id").asString()).isEqualTo(number);
        assertThat(again.path("money").asString()).isEqualTo("73.00");
        showsNoCode(again);
        assertThat(user.payBy(method, 11, "twice", 409).path("code").asString()).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(wechat.requestsFor(number).size() + alipay.requestsFor(number).size()).as("calls for the order").isEqualTo(1);
    }

    private static void showsNoCode(JsonNode order) {
        for (String field : List.of("pay_url", "pay_action", "qr_svg")) {
            assertThat(order.path(field).isNull()).as(field).isTrue();
        }
    }

    /// The key of a permanent refusal is at its end, and the provider's words are where an operator looks.
    @Test
    void aPermanentRefusalEndsTheKey() {
        wechat.mood = FakeWechat.Mood.REFUSING;

        assertThat(user.pay(10, "ended").path("code").asString()).isEqualTo("PROVIDER_REFUSED");
        wechat.mood = FakeWechat.Mood.KIND;
        assertThat(user.pay(10, "ended").path("code").asString()).isEqualTo("ORDER_ENDED");
    }

    private ResponseSpec post(String path, String body, @Nullable String type) {
        return user.http().post().uri(path).headers(headers -> {
            if (type != null) {
                headers.set("Content-Type", type);
            }
        }).body((request, context) -> request
                .writeWith(Mono.just(request.bufferFactory().wrap(body.getBytes(StandardCharsets.UTF_8)))))
                .exchange();
    }
}
