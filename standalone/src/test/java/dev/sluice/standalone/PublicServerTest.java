package dev.sluice.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import dev.sluice.edge.ClientAddress;
import dev.sluice.edge.TrustedProxies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class PublicServerTest {
    private static final int PIECE = 64 * 1024;
    private static final int ENDLESS = 100_000;

    private final PublicServer server = PublicServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Set.of("order-api", "notify-gateway"), Connections.of(TrustedProxies.NONE));
    private final AppServer app = server.of("order-api");
    private final HttpClient http = HttpClient.newHttpClient();
    private final Sinks.Many<String> pieces = Sinks.many().unicast().onBackpressureBuffer();
    private final Sinks.One<String> slow = Sinks.one();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger produced = new AtomicInteger();

    @BeforeEach
    void startTheApp() {
        app.getWebServer((request, response) -> answer(request, response).then(Mono.defer(response::setComplete)));
        app.start();
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        server.close();
    }

    private Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response) {
        taken.incrementAndGet();
        return switch (request.getURI().getRawPath()) {
            case "/api/user/echo" -> {
                response.setStatusCode(HttpStatusCode.valueOf(201));
                response.getHeaders().add("X-Seen", request.getMethod() + " " + request.getURI().getRawPath() + "?"
                        + request.getURI().getRawQuery());
                response.getHeaders().add("X-Caller", caller("", request) + " " + caller("127.0.0.0/8,10.0.0.7", request));
                yield response.writeWith(request.getBody());
            }
            case "/api/user/stream/events" -> {
                response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
                yield response.writeAndFlushWith(
                        pieces.asFlux().map(piece -> Mono.just(buffer(response, piece.getBytes(StandardCharsets.UTF_8)))));
            }
            case "/api/user/endless" -> response.writeAndFlushWith(Flux.range(0, ENDLESS).map(_ -> {
                produced.incrementAndGet();
                return Mono.just(buffer(response, new byte[PIECE]));
            }));
            default -> response.writeWith(slow.asMono().map(text -> buffer(response, text.getBytes(StandardCharsets.UTF_8))));
        };
    }

    private static String caller(String trustedProxies, ServerHttpRequest request) {
        return new ClientAddress(TrustedProxies.of(trustedProxies), Clock.systemUTC()).of(request);
    }

    private static DataBuffer buffer(ServerHttpResponse response, byte[] bytes) {
        return response.bufferFactory().wrap(bytes);
    }

    @Test
    void handsARequestToTheAppThatOwnsItsPath() throws Exception {
        byte[] body = new byte[3_000_000];
        new Random(1).nextBytes(body);

        var answer = http.send(request("/api/user/echo?a=%2F&b=%E5%85%85").POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("X-Seen")).hasValue("POST /api/user/echo?a=%2F&b=%E5%85%85");
    }

    @Test
    void theAppSeesItsCallerAndBelievesItsOwnProxiesOnly() throws Exception {
        var answer = get(request("/api/user/echo").header("X-Forwarded-For", "1.2.3.4, 203.0.113.9").header("X-Forwarded-For", "10.0.0.7"));

        assertThat(answer.headers().firstValue("X-Caller")).as("trusting no proxy, and trusting two").hasValue("127.0.0.1 203.0.113.9");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        var answer = get(request("/api/user/echo").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void sendsEachPieceOfAStreamAsItComes() throws Exception {
        pieces.tryEmitNext("first\n");
        var answer = http.send(request("/api/user/stream/events").build(), HttpResponse.BodyHandlers.ofLines());
        var lines = answer.body().iterator();

        assertThat(lines.next()).as("while the second is not even written").isEqualTo("first");
        pieces.tryEmitNext("second\n");
        assertThat(lines.next()).isEqualTo("second");
    }

    @Test
    void asksAnAppForNoMoreThanItsCallerReads() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET /api/user/endless HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            await().until(() -> produced.get() > 0);

            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)).until(produced::get, count -> count < 1_000);
        }
    }

    @Test
    void answersForAppsThatAreAwayAndForPathsWithoutAnApp() throws Exception {
        assertThat(get(request("/api/wechat/notify"))).satisfies(answer -> {
            assertThat(answer.statusCode()).as("it has not started").isEqualTo(503);
            assertThat(answer.body()).contains("\"code\":\"UNAVAILABLE\"");
        });
        app.stop();
        for (String path : List.of("/api/user/echo", "/", "/admin", "/admin/orders", "/assets/x.js", "/session")) {
            assertThat(get(request(path)).statusCode()).as(path).isEqualTo(503);
        }
        for (String path : List.of("/page", "/api/users", "/livez", "/readyz", "/metrics", "/api/reconcile/x", "/wallet", "/demo/session",
                "/demo/host/")) {
            assertThat(get(request(path))).as(path).satisfies(answer -> {
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
                assertThat(answer.body()).contains("\"code\":\"NOT_FOUND\"");
            });
        }
    }

    @Test
    void refusesATargetThatIsNoPath() throws Exception {
        for (String target : List.of("/api/user/%zz", "http://elsewhere/api/user/echo", "*")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write(("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).as(target).startsWith("HTTP/1.1 4").doesNotContain("Exception");
            }
        }
    }

    @Test
    void requestsInFlightEndBeforeTheirApp() throws Exception {
        CompletableFuture<HttpResponse<String>> inFlight = http.sendAsync(request("/api/user/slow").build(),
                HttpResponse.BodyHandlers.ofString());
        await().until(() -> taken.get() == 1);
        var drained = new CompletableFuture<Object>();

        app.shutDownGracefully(drained::complete);

        assertThat(get(request("/api/user/echo")).statusCode()).as("no new ones").isEqualTo(503);
        assertThat(drained).isNotDone();
        slow.tryEmitValue("done");
        assertThat(inFlight.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
        assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void anOpenStreamDoesNotKeepItsAppFromEnding() throws Exception {
        pieces.tryEmitNext("first\n");
        var lines = http.send(request("/api/user/stream/events").build(), HttpResponse.BodyHandlers.ofLines()).body().iterator();
        assertThat(lines.next()).isEqualTo("first");
        var drained = new CompletableFuture<Object>();

        app.shutDownGracefully(drained::complete);

        assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
        assertThat(lines.hasNext()).as("ended, and not broken off").isFalse();
    }

    /// As a browser does that sends its next request while the server is busy with the end of an answer.
    @Test
    void readsOnAfterARequestThatWaitedForTheOneBefore() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /api/user/slow HTTP/1.1\r\nHost: x\r\n\r\nGET /unknown HTTP/1.1\r\nHost: x\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> taken.get() == 1);
            slow.tryEmitValue("done");
            assertThat(readUntil(socket, "NOT_FOUND\"}")).contains("HTTP/1.1 200", "done", "HTTP/1.1 404");

            socket.getOutputStream().write("GET /unknown HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(readUntil(socket, "NOT_FOUND\"}")).contains("HTTP/1.1 404");
        }
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        var answer = new StringBuilder();
        while (answer.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("ended after " + answer).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }

    @Test
    void namesThePortThatIsTaken() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PublicServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), Set.of(),
                        Connections.of(TrustedProxies.NONE)))
                .withMessageContaining("port " + server.port()).withMessageContaining("set SLUICE_PORT");
    }

    private HttpResponse<String> get(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }
}
