package dev.sluice.order;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody with a token who calls the order API.
///
/// @param http with the token in each request
public record Client(long id, WebTestClient http) {
    public static final Map<String, Object> TEN_BY_WECHAT = Map.of("amount", 10, "payment_method", "wechat");
    public static final Map<String, Object> TEN_BY_ALIPAY = Map.of("amount", 10, "payment_method", "alipay");

    public Client(long id, WebTestClient http, String token) {
        this(id, http.mutate().defaultHeaders(headers -> headers.setBearerAuth(token)).build());
    }

    public Client inEnglish() {
        return new Client(id, http.mutate().defaultHeader("Accept-Language", "en").build());
    }

    /// The same one, from behind the reverse proxy.
    ///
    /// @param forwardedFor what the proxy says in `X-Forwarded-For`
    public Client through(String proxy, String forwardedFor) {
        var fromThere = HttpClient.create().bindAddress(() -> new InetSocketAddress(proxy, 0));
        return new Client(id, http.mutate().clientConnector(new ReactorClientHttpConnector(fromThere))
                .defaultHeader("X-Forwarded-For", forwardedFor).build());
    }

    public JsonNode get(String path) {
        return get(path, 200);
    }

    public JsonNode get(String path, int status) {
        return json(http.get().uri(path).exchange().expectStatus().isEqualTo(status));
    }

    public JsonNode post(String path, Map<String, ?> body, @Nullable String key, int status) {
        return json(posted(path, body, key).expectStatus().isEqualTo(status));
    }

    /// The answer, whatever it is.
    public ResponseSpec posted(String path, Map<String, ?> body, @Nullable String key) {
        return http.post().uri(path).headers(headers -> {
            if (key != null) {
                headers.set("Idempotency-Key", key);
            }
        }).contentType(MediaType.APPLICATION_JSON).bodyValue(JsonMapper.shared().writeValueAsString(body)).exchange();
    }

    public static JsonNode json(ResponseSpec answer) {
        return JsonMapper.shared().readTree(Objects.requireNonNull(answer.expectBody().returnResult().getResponseBody()));
    }

    /// Asks for so much by WeChat Pay.
    public JsonNode pay(long amount, @Nullable String key) {
        return payBy("wechat", amount, key, 200);
    }

    public JsonNode payBy(String method, long amount, @Nullable String key, int status) {
        return post("/api/user/" + method + "/pay", Map.of("amount", amount, "payment_method", method), key, status);
    }

    /// Places an order over ten by WeChat Pay.
    ///
    /// @return its number
    public String order() {
        return pay(10, null).path("data").path("order_id").asString();
    }

    /// An order of one's own.
    public JsonNode view(String number) {
        return get("/api/user/topup/" + number).path("data");
    }

    public String status(String number) {
        return view(number).path("status").asString();
    }

    public long quota() {
        return get("/api/user/quota").path("data").path("quota").asLong();
    }
}
