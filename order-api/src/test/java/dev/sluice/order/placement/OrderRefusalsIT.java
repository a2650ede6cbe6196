package dev.sluice.order.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

import dev.sluice.order.Client;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;
import dev.sluice.testing.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/// What the order API does not do, and what it says then.
@ExtendWith(SharedApi.class)
class OrderRefusalsIT {
    /// As docs/api.md says.
    private static final int CALLS_OF_A_USER = 600;
    private final RunningApi api;
    private final Client user;

    OrderRefusalsIT(RunningApi api) {
        this.api = api;
        user = api.anotherUser();
    }

    @Test
    void refusesMoreUnpaidOrdersThanTheLimitAndSaysWhenToComeAgain() {
        for (int i = 0; i < Limits.UNPAID_ORDERS; i++) {
            user.pay(10, null);
        }

        var refused = user.posted("/api/user/wechat/pay", Client.TEN_BY_WECHAT, null)
                .expectStatus().isEqualTo(429).expectHeader().exists("Retry-After");

        assertThat(Client.json(refused).path("code").asString()).isEqualTo("TOO_MANY_UNPAID");
    }

    @Test
    void refusesMoreOrdersInAWindowThanTheLimit() {
        for (int i = 0; i < Limits.ORDERS_PER_WINDOW; i++) {
            String number = user.order();
            api.jdbc().sql("update orders.topup set expires_at = now() where trade_no = ?")
                    .param(number).update();
        }

        assertThat(user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, null, 429).path("code").asString())
                .isEqualTo("TOO_MANY_ORDERS");
    }

    @Test
    void refusesMoreMoneyThanADaysAndSaysWhatIsLeft() {
        user.pay(200, null);

        var refused = user.posted("/api/user/alipay/pay", Map.of("amount", 100, "payment_method", "alipay"), null)
                .expectStatus().isEqualTo(429).expectHeader()
                .value("Retry-After", seconds -> assertThat(Long.parseLong(seconds)).isBetween(1L, Duration.ofDays(1).toSeconds()));

        JsonNode answer = Client.json(refused);
        assertThat(answer.path("code").asString()).isEqualTo("TOO_MUCH_TODAY");
        assertThat(answer.path("data").asString()).isEqualTo("超出每日充值上限 2000.00 元，今日还可充值 540.00 元");
    }

    @Test
    void refusesMoreReadsThanPagesMake() {
        List<String> paths = List.of("/api/user/topup/self", "/api/user/topup/NONE", "/api/user/topup/NONE/events", "/api/user/quota");
        var refused = new HashSet<String>();
        for (int i = 0; i < 5 * CALLS_OF_A_USER && refused.size() < paths.size(); i++) {
            String path = paths.get(i % paths.size());
            var answer = user.http().get().uri(path).exchange();
            if (Client.json(answer).path("code").asString("").equals("TOO_MANY_REQUESTS")) {
                answer.expectStatus().isEqualTo(429).expectHeader().valueEquals("Retry-After", "1");
                refused.add(path);
            }
        }

        assertThat(refused).hasSameSizeAs(paths);
        assertThat(api.anotherUser().quota()).isZero();
    }

    @Test
    void saysWhichMethodsThereAre() {
        user.http().delete().uri("/api/user/quota").exchange().expectStatus().isEqualTo(405).expectHeader().valueEquals("Allow", "GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB,en;q=0.9", "fr, en;q=0.5"})
    void refusesInTheCallersLanguageWithTheSameCode(String languages) {
        JsonNode chinese = user.pay(1, null);
        assertThat(chinese.path("message").asString()).isEqualTo("error");
        assertThat(chinese.path("data").asString()).isEqualTo("充值数量不能小于 2");
        assertThat(chinese.path("code").asString()).isEqualTo("AMOUNT_BELOW_MINIMUM");
        var english = user.http().post().uri("/api/user/wechat/pay").header("Accept-Language", languages)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"amount\":1,\"payment_method\":\"wechat\"}").exchange();
        assertThat(Client.json(english).path("data").asString()).isEqualTo("The amount must be at least 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{\"amount\":1.5,\"payment_method\":\"wechat\"}|400|MALFORMED|amount",
            "{\"amount\":\"10\",\"payment_method\":\"wechat\"}|400|MALFORMED|amount",
            "{\"amount\":10.0,\"payment_method\":\"wechat\"}|400|MALFORMED|amount",
            "{\"amount\":null,\"payment_method\":\"wechat\"}|400|MALFORMED|amount", "{\"payment_method\":\"wechat\"}|400|MALFORMED|amount",
            "{\"amount\":10}|400|MALFORMED|payment_method", "{\"amount\":10,\"amount\":11,\"payment_method\":\"wechat\"}|400|MALFORMED|",
            "{\"amount\":10,\"payment_method\":\"wechat\",\"coupon\":\"x\"}|400|MALFORMED|coupon",
            "{\"amount\":9007199254740993,\"payment_method\":\"wechat\"}|200|AMOUNT_TOO_LARGE|",
            "{\"amount\":99999999999999999999,\"payment_method\":\"wechat\"}|400|MALFORMED|",
            "{\"amount\":0,\"payment_method\":\"wechat\"}|200|AMOUNT_BELOW_MINIMUM|2",
            "{\"amount\":-10,\"payment_method\":\"wechat\"}|200|AMOUNT_BELOW_MINIMUM|2",
            "{\"amount\":10,\"payment_method\":\"paypal\"}|200|METHOD_UNKNOWN|",
            "{\"amount\":10,\"payment_method\":\"alipay\"}|200|METHOD_UNKNOWN|", "{|400|MALFORMED|", "[]|400|MALFORMED|",
            "``|400|MALFORMED|", "null|400|MALFORMED|", "{\"a\":DEEP|400|MALFORMED|"})
    void badInputGetsAClearAnswer(String json, int status, String code, @Nullable String named) {
        String body = json.replace("DEEP", "[".repeat(3000));

        JsonNode answer = postRaw(body, MediaType.APPLICATION_JSON, status);

        assertThat(answer.path("code").asString()).isEqualTo(code);
        assertThat(answer.path("data").asString()).contains(named == null ? "" : named).doesNotContain("Exception")
                .doesNotContain("dev.sluice").doesNotContain("tools.jackson");
        assertThat(user.get("/api/user/topup/self").path("data").path("total").asInt()).as("no order came of it").isZero();
    }

    @Test
    void refusesWhatIsTooLargeOrNotJson() {
        assertThat(postRaw("{\"amount\":10,\"payment_method\":\"" + "x".repeat(20_000) + "\"}", MediaType.APPLICATION_JSON, 413)
                .path("code").asString()).isEqualTo("BODY_TOO_LARGE");
        assertThat(postRaw("<xml/>", MediaType.APPLICATION_XML, 415).path("code").asString()).isEqualTo("MEDIA_TYPE_UNSUPPORTED");
        assertThat(postRaw("amount=10", MediaType.APPLICATION_FORM_URLENCODED, 415).path("code").asString())
                .isEqualTo("MEDIA_TYPE_UNSUPPORTED");
        assertThat(user.post("/api/user/wechat/pay", Client.TEN_BY_WECHAT, "k".repeat(129), 400).path("code").asString())
                .isEqualTo("MALFORMED");
    }

    private JsonNode postRaw(String body, MediaType type, int status) {
        return Client.json(user.http().post().uri("/api/user/wechat/pay").contentType(type).bodyValue(body).exchange().expectStatus()
                .isEqualTo(status));
    }

    @Test
    void knowsItsUsersByTheirTokensOnly() throws Exception {
        var claims = new JWTClaimsSet.Builder().subject("7").expirationTime(Date.from(Instant.now().plusSeconds(600)));
        var expired = new JWTClaimsSet.Builder().subject("7").expirationTime(Date.from(Instant.now().minusSeconds(600)));
        var endless = new JWTClaimsSet.Builder().subject("7");
        var nameless = new JWTClaimsSet.Builder().expirationTime(Date.from(Instant.now().plusSeconds(600)));
        var unusable = new JWTClaimsSet.Builder().subject("a".repeat(65)).expirationTime(Date.from(Instant.now().plusSeconds(600)));
        for (String token : List.of("", "rubbish", new PlainJWT(claims.build()).serialize(),
                Tokens.sign(claims.build(), "another-secret-of-another-product-entirely"), Tokens.sign(expired.build(), Tokens.SECRET),
                Tokens.sign(endless.build(), Tokens.SECRET), Tokens.sign(nameless.build(), Tokens.SECRET),
                Tokens.sign(unusable.build(), Tokens.SECRET))) {
            api.anybody().get().uri("/api/user/quota").headers(h -> h.setBearerAuth(token)).exchange().expectStatus().isUnauthorized()
                    .expectBody().jsonPath("$.code").isEqualTo("UNAUTHENTICATED");
        }
        api.anybody().get().uri("/api/user/quota").exchange().expectStatus().isUnauthorized();
        var known = new Client(7, api.anybody(), Tokens.sign(claims.build(), Tokens.SECRET));
        known.get("/api/user/quota", 200);
        var uuid = new JWTClaimsSet.Builder().subject("6f1d9c58-6d0c-4c3e-9d1b-3f6f0f6a7c01")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
        new Client(7, api.anybody(), Tokens.sign(uuid.build(), Tokens.SECRET)).get("/api/user/quota", 200);
        known.get("/api/secret", 403);
    }
}
