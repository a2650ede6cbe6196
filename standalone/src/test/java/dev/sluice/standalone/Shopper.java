package dev.sluice.standalone;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// A user of the product: places orders, pays them with the sandbox's wallet, looks at the quota.
public record Shopper(Running sluice, String token) {
    public static Shopper of(Running sluice, long user, String secret) {
        return of(sluice, user, List.of(), secret);
    }

    /// Somebody who runs Sluice.
    public static Shopper operator(Running sluice, String secret) {
        return of(sluice, 1_000_000, List.of("operator", "admin"), secret);
    }

    public static Shopper of(Running sluice, long user, List<String> roles, String secret) {
        Instant now = Clock.systemUTC().instant();
        var claims = new JWTClaimsSet.Builder().subject(Long.toString(user)).claim("role", roles)
                .expirationTime(Date.from(now.plusSeconds(3600))).build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return new Shopper(sluice, token.serialize());
    }

    /// What there is to buy, and how.
    JsonNode info() {
        return sluice.getJson("/api/user/topup/info", token).path("data");
    }

    /// The settings as an operator sees them.
    JsonNode options() {
        return sluice.getJson("/api/option", token).path("data");
    }

    JsonNode set(Map<String, ?> settings) {
        return set("", settings);
    }

    JsonNode set(String query, Map<String, ?> settings) {
        return sluice.putJson("/api/option" + query, token, settings);
    }

    public JsonNode order(String method, long amount, String key) {
        JsonNode answer = sluice.postJson("/api/user/" + method + "/pay", token, Map.of("amount", amount, "payment_method", method),
                "Idempotency-Key", key);
        if (!answer.path("message").asString().equals("success")) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.path("data");
    }

    public JsonNode pay(JsonNode order) {
        return sluice.postJson("/wallet/api/pay", "", Map.of("code", order.path("pay_url").asString()));
    }

    String status(String number) {
        return view(number).path("status").asString();
    }

    public JsonNode view(String number) {
        return sluice.getJson("/api/user/topup/" + number, token).path("data");
    }

    /// The numbers of all orders, the newest first.
    public List<String> orders() {
        return sluice.getJson("/api/user/topup/self", token).at("/data/items").valueStream().map(order -> order.path("order_id").asString())
                .toList();
    }

    public long quota() {
        return sluice.getJson("/api/user/quota", token).path("data").path("quota").asLong();
    }

    public void awaitStatus(String number, String status) {
        Awaitility.await(number + " " + status).atMost(Running.SOON).until(() -> status(number).equals(status));
    }

    /// Where the money of an order is, as an operator is told.
    String story(String number) {
        return sluice.getJson("/api/topup/" + number + "/timeline", token).path("data").path("story").asString();
    }

    /// In this order, whatever else stands between.
    void awaitTimeline(String number, String... entries) {
        Awaitility.await().atMost(Running.SOON).untilAsserted(() -> assertThat(timeline(number)).as(number).containsSubsequence(entries));
    }

    /// What an operator is shown of an order: each entry as kind and what is most telling of it.
    List<String> timeline(String number) {
        return sluice.getJson("/api/topup/" + number + "/timeline", token).path("data").path("entries").valueStream()
                .map(entry -> String.join(" ", entry.path("kind").asString(), entry.path("data").path("verdict").asString(""),
                        entry.path("data").path("meaning").asString(""), entry.path("data").path("source").asString(""),
                        entry.path("data").path("reason").asString("")).replaceAll(" +", " ").strip())
                .toList();
    }
}
