package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.bench.ManyOrders.Sample;

/// How fast the operators' list of orders answers, on a table of a million, for each of its filters: `GET /api/topup`, over HTTP, from
/// the token to the last byte.
public final class OrderListBench {
    private static final long ROWS = 1_000_000;
    private static final int REQUESTS = 300;
    private static final int WARM_UP = 50;
    private static final Duration PROMISED = Duration.ofMillis(50);
    private static final Duration TOKEN_LIFE = Duration.ofHours(4);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Sample> samples;
    private final String base;
    private final String token;

    private OrderListBench(ManyOrders orders, String token, int samples) {
        this.samples = orders.samples(samples);
        this.base = "http://127.0.0.1:" + orders.port() + "/api/topup";
        this.token = token;
    }

    public static void main(String[] args) {
        long rows = args.length == 0 ? ROWS : Long.parseLong(args[0]);
        System.out.printf("%,d orders, %d requests each, one at a time%n", rows, REQUESTS);
        List<Figures> all = run(rows, REQUESTS, WARM_UP);
        System.out.println(Figures.header());
        all.forEach(figures -> System.out.println(figures.line(all.getFirst())));
        List<String> slow = all.stream().filter(figures -> figures.percentile(99).compareTo(PROMISED) > 0).map(Figures::name).toList();
        System.out.printf("p99 above %d ms: %s%n", PROMISED.toMillis(), slow.isEmpty() ? "none" : slow);
        System.exit(slow.isEmpty() ? 0 : 1);
    }

    static List<Figures> run(long rows, int requests, int warmUp) {
        String secret = UUID.randomUUID().toString();
        try (ManyOrders orders = ManyOrders.start(secret, rows)) {
            OrderListBench bench = new OrderListBench(orders, token(secret), requests);
            List<Filter> filters = Filter.all(bench::after);
            // All of them once before any is measured: the first must not pay for the compiler.
            filters.forEach(filter -> bench.measure(filter, warmUp));
            return filters.stream().map(filter -> bench.measure(filter, requests)).toList();
        }
    }

    private Figures measure(Filter filter, int requests) {
        List<Duration> took = new ArrayList<>();
        long rows = 0;
        for (int i = 0; i < requests; i++) {
            String query = filter.query().apply(samples.get(i % samples.size()));
            long started = System.nanoTime();
            String answer = get(query);
            took.add(Duration.ofNanos(System.nanoTime() - started));
            rows += items(answer).size();
        }
        return Figures.of(filter.name(), took, rows);
    }

    /// The cursor of the page after an order, as the page that ends with it names it.
    private String after(Sample sample) {
        JsonNode page = JsonMapper.shared().readTree(get("page_size=1&until=" + sample.createdAt())).path("data");
        return page.has("next") ? "after=" + page.path("next").asString() : "";
    }

    private static JsonNode items(String answer) {
        return JsonMapper.shared().readTree(answer).path("data").path("items");
    }

    private String get(String query) {
        var request = HttpRequest.newBuilder(URI.create(base + "?" + query)).header("Authorization", "Bearer " + token).build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            // A refusal of a too short text is an answer too, and must be as fast.
            if (answer.statusCode() != 200 && !(answer.statusCode() == 400 && query.contains("text="))) {
                throw new IllegalStateException(query + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the list", e);
        }
    }

    private static String token(String secret) {
        var claims = new JWTClaimsSet.Builder().subject("1").claim("role", "operator")
                .expirationTime(Date.from(Instant.now().plus(TOKEN_LIFE))).build();
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the operator's token cannot be signed", e);
        }
    }
}
