package dev.sluice.provider.tally;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The provider itself: takes orders, payments and questions.
public final class TallyServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String key;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Order> orders = new ConcurrentHashMap<>();

    private record Order(String number, long fen, String notifyUrl, String state, String paidAt) {
        Order paid() {
            return new Order(number, fen, notifyUrl, "PAID", Clock.systemUTC().instant().toString());
        }

        Order closed() {
            return state.equals("PAID") ? this : new Order(number, fen, notifyUrl, "CLOSED", paidAt);
        }

        String json() {
            return JSON.writeValueAsString(
                    Map.of("number", number, "fen", fen, "state", state, "transaction", "TALLY-" + number, "paid_at", paidAt));
        }
    }

    public TallyServer(String key) throws IOException {
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String state(String number) {
        Order order = orders.get(number);
        return order == null ? "ABSENT" : order.state();
    }

    /// Pays an order without a notification.
    public void pay(String number) {
        orders.computeIfPresent(number, (_, order) -> order.paid());
    }

    /// Notifies of a payment.
    ///
    /// @param by the key to sign with
    public HttpResponse<String> notifyOf(String number, String by) throws IOException, InterruptedException {
        Order order = orders.get(number);
        String body = order.json();
        HttpRequest request = HttpRequest.newBuilder(URI.create(order.notifyUrl())).header("Content-Type", "application/json")
                .header("Tally-Signature", TallySignature.of(by, body)).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void answer(HttpExchange call) throws IOException {
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String answer = "{}";
        if (TallySignature.of(key, body).equals(call.getRequestHeaders().getFirst("Tally-Signature"))) {
            JsonNode question = JSON.readTree(body);
            answer = answer(call.getRequestURI().getPath(), question.path("number").asString(""), question);
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    private String answer(String path, String number, JsonNode question) {
        return switch (path) {
            case "/place" -> {
                orders.putIfAbsent(number, new Order(number, question.path("fen").longValue(), question.path("notify_url").asString(),
                        "UNPAID", "1970-01-01T00:00:00Z"));
                yield "{\"code\":\"https://tally.example.com/" + number + "\"}";
            }
            case "/close" -> orders.computeIfPresent(number, (_, order) -> order.closed()).json();
            default -> orders.containsKey(number) ? orders.get(number).json() : "{\"state\":\"ABSENT\"}";
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
