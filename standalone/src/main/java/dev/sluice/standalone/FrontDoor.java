package dev.sluice.standalone;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

import dev.sluice.edge.TrustedProxies;

/// The one public port: routes by path to the apps, as the reverse proxy of a larger installation would, and answers for all of
/// them where an operator asks how they are.
final class FrontDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final int CONNECTIONS = 2_000;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    /// Progress streams keep their connections; they have their own, so that they cannot use up everybody's.
    private static final int STREAMS = 2_000;
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration REQUEST_WITHIN = Duration.ofSeconds(30);
    private static final Duration HEALTH_WITHIN = Duration.ofSeconds(5);
    /// Headers of one connection, not of the message.
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "expect", "keep-alive", "proxy-connection", "te", "trailer",
            "transfer-encoding", "upgrade");
    /// Only the door itself says where a request came from.
    private static final Set<String> ORIGIN = Set.of("forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host",
            "x-forwarded-port");

    /// An app behind the door.
    ///
    /// @param name     for operators
    /// @param port     on the loopback interface
    /// @param prefixes of the paths that are its own
    record Room(String name, int port, List<String> prefixes) {
        boolean owns(String path) {
            return prefixes.stream().anyMatch(path::startsWith);
        }

        private String uri(String pathAndQuery) {
            return "http://127.0.0.1:" + port + pathAndQuery;
        }
    }

    private final List<Room> rooms;
    private final TrustedProxies proxies;
    private final ConnectionProvider connections = pool("front-door", CONNECTIONS);
    private final ConnectionProvider streamConnections = pool("front-door-streams", STREAMS);
    private final HttpClient client = client(connections);
    private final HttpClient streamClient = client(streamConnections);
    private final DisposableServer server;

    private FrontDoor(InetSocketAddress address, List<Room> rooms, TrustedProxies proxies) {
        this.rooms = rooms;
        this.proxies = proxies;
        this.server = HttpServer.create().bindAddress(() -> address).idleTimeout(IDLE).requestTimeout(REQUEST_WITHIN)
                .handle(this::routeOrRefuse).bindNow();
    }

    private static ConnectionProvider pool(String name, int size) {
        return ConnectionProvider.builder(name).maxConnections(size).pendingAcquireTimeout(WAIT_FOR_CONNECTION).build();
    }

    private static HttpClient client(ConnectionProvider connections) {
        return HttpClient.create(connections).disableRetry(true).option(ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) CONNECT_WITHIN.toMillis());
    }

    /// @param address to listen at
    /// @param proxies in front of this door
    static FrontDoor open(InetSocketAddress address, List<Room> rooms, TrustedProxies proxies) {
        return new FrontDoor(address, rooms, proxies);
    }

    int port() {
        return server.port();
    }

    private Publisher<Void> routeOrRefuse(HttpServerRequest request, HttpServerResponse response) {
        try {
            // A target that is no path, or is not decodable, is nothing that an app should see.
            return request.uri().startsWith("/") ? route(request, response) : malformed(response);
        } catch (RuntimeException e) {
            return malformed(response);
        }
    }

    private static Publisher<Void> malformed(HttpServerResponse response) {
        return text(response, 400, "{\"message\":\"error\",\"data\":\"参数错误\",\"code\":\"MALFORMED\"}", "application/json");
    }

    private Publisher<Void> route(HttpServerRequest request, HttpServerResponse response) {
        String path = request.fullPath();
        return switch (path) {
            case "/livez" -> text(response, 200, "{\"status\":\"UP\"}", "application/json");
            case "/readyz" -> readiness(response);
            case "/metrics" -> metrics(response);
            default -> {
                Optional<Room> room = rooms.stream().filter(each -> each.owns(path)).findFirst();
                yield room.isPresent()
                        ? pass(room.get(), request, response)
                        : text(response, 404, "{\"message\":\"error\",\"data\":\"不存在\",\"code\":\"NOT_FOUND\"}", "application/json");
            }
        };
    }

    private Publisher<Void> pass(Room room, HttpServerRequest request, HttpServerResponse response) {
        HttpClient chosen = request.uri().split("\\?", 2)[0].endsWith("/events") ? streamClient : client;
        return chosen
                .headers(headers -> forward(request, headers))
                .request(request.method())
                .uri(room.uri(request.uri()))
                .send((_, outbound) -> outbound.send(request.receive().retain()))
                .response((answer, body) -> {
                    response.status(answer.status());
                    copy(answer.responseHeaders(), response.responseHeaders());
                    // Each piece goes out as it comes: progress is a stream.
                    return response.send(body.retain(), _ -> true).then().thenMany(Flux.<Void>empty());
                })
                .onErrorResume(e -> {
                    // That the caller went away says nothing of the app.
                    LOG.atLevel(e instanceof AbortedException ? Level.DEBUG : Level.WARN).addKeyValue("app", room.name())
                            .addKeyValue("why", e.getClass().getSimpleName())
                            .log("app does not answer");
                    return response.hasSentHeaders()
                            ? Flux.error(e)
                            : Flux.from(text(response, 503, "{\"message\":\"error\",\"data\":\"系统繁忙，请稍后重试\",\"code\":\"UNAVAILABLE\"}",
                                    "application/json"));
                })
                .then();
    }

    private void forward(HttpServerRequest request, HttpHeaders headers) {
        copy(request.requestHeaders(), headers);
        headers.set(TrustedProxies.HEADER,
                proxies.clientOf(request.remoteAddress(), request.requestHeaders().getAll(TrustedProxies.HEADER)));
    }

    private static void copy(HttpHeaders from, HttpHeaders to) {
        HttpHeaders kept = new DefaultHttpHeaders();
        from.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name) && !ORIGIN.contains(name)) {
                kept.add(header.getKey(), header.getValue());
            }
        });
        to.add(kept);
    }

    private Publisher<Void> readiness(HttpServerResponse response) {
        return Flux
                .fromIterable(rooms)
                .flatMap(room -> status(room).map(status -> Map.entry(room.name(), status)))
                .collectSortedList(Map.Entry.comparingByKey())
                .flatMap(all -> {
                    boolean ready = all.stream().allMatch(room -> room.getValue() == 200);
                    String each = String.join(",", all.stream()
                            .map(room -> "\"" + room.getKey() + "\":\"" + (room.getValue() == 200 ? "UP" : "DOWN") + "\"").toList());
                    return Mono.from(text(response, ready ? 200 : 503,
                            "{\"status\":\"" + (ready ? "UP" : "DOWN") + "\",\"apps\":{" + each + "}}", "application/json"));
                });
    }

    private Mono<Integer> status(Room room) {
        return client.get().uri(room.uri("/readyz")).response().map(answer -> answer.status().code()).timeout(HEALTH_WITHIN)
                .onErrorReturn(503);
    }

    private Publisher<Void> metrics(HttpServerResponse response) {
        return Flux
                .fromIterable(rooms)
                .flatMapSequential(room -> client.get().uri(room.uri("/metrics")).responseContent().aggregate().asString()
                        .timeout(HEALTH_WITHIN).onErrorReturn(""))
                .collectList()
                .flatMap(all -> Mono.from(text(response, 200, Metrics.merge(all), "text/plain; version=0.0.4; charset=utf-8")));
    }

    private static Publisher<Void> text(HttpServerResponse response, int status, String body, String contentType) {
        response.status(status).header("Content-Type", contentType);
        return response.send(Mono.just(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.disposeNow();
        connections.dispose();
        streamConnections.dispose();
    }
}
