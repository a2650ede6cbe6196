package dev.sluice.standalone;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/// One address in front of separate processes, with the routes of docker/nginx.conf.
final class ReverseProxy implements AutoCloseable {
    private static final int CONNECTIONS = 2_000;
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "transfer-encoding", "expect");

    private final Map<String, Integer> ports;
    private final ConnectionProvider connections = ConnectionProvider.builder("reverse-proxy").maxConnections(CONNECTIONS)
            .pendingAcquireTimeout(Duration.ofSeconds(2)).build();
    /// Threads and a resolver of its own: an app that ends in this process ends those that reactor-netty shares.
    private final LoopResources threads = LoopResources.create("reverse-proxy");
    private final HttpClient client = HttpClient.create(connections).runOn(threads).resolver(DefaultAddressResolverGroup.INSTANCE)
            .disableRetry(true);
    private final DisposableServer server;

    /// @param ports of the apps that have routes, by app
    ReverseProxy(int port, Map<String, Integer> ports) {
        this.ports = ports;
        this.server = HttpServer.create().runOn(threads)
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).handle(this::pass).bindNow();
    }

    private Publisher<Void> pass(HttpServerRequest request, HttpServerResponse response) {
        String owner = Routes.owner(Routes.BY_APP, request.fullPath()).orElseThrow();
        return client.headers(headers -> copy(request.requestHeaders(), headers)).request(request.method())
                .uri("http://127.0.0.1:" + ports.get(owner) + request.uri())
                .send((_, outbound) -> outbound.send(request.receive().retain()))
                .response((answer, body) -> {
                    response.status(answer.status());
                    copy(answer.responseHeaders(), response.responseHeaders());
                    // Each piece goes out as it comes: progress is a stream.
                    return response.send(body.retain(), _ -> true).then().thenMany(Flux.<Void>empty());
                })
                .onErrorResume(e -> response.hasSentHeaders() ? Flux.error(e) : Flux.from(Answer.UNAVAILABLE.to(response)))
                .then();
    }

    private static void copy(HttpHeaders from, HttpHeaders to) {
        HttpHeaders kept = new DefaultHttpHeaders();
        from.forEach(header -> {
            if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
                kept.add(header.getKey(), header.getValue());
            }
        });
        to.add(kept);
    }

    @Override
    public void close() {
        server.disposeNow();
        connections.dispose();
        threads.dispose();
    }
}
