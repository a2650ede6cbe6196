package dev.sluice.standalone;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

import dev.sluice.edge.KeptConnections;

/// The one server behind the one public port: it hands each request to the app that owns its path, in process.
final class PublicServer implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration REQUEST_WITHIN = Duration.ofSeconds(30);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(3);

    private final Map<String, AppServer> apps;
    private final Map<String, List<String>> routes;
    /// Its own: an app that ends takes the shared ones with it. Not daemons: they keep the process running.
    private final LoopResources threads = LoopResources.create("http", LoopResources.DEFAULT_IO_WORKER_COUNT, false);
    private final DisposableServer server;
    private volatile @Nullable DemoServer demo;

    private PublicServer(InetSocketAddress address, Set<String> apps, Connections connections) {
        this.apps = apps.stream().collect(Collectors.toMap(app -> app, _ -> new AppServer()));
        this.routes = apps.stream().collect(Collectors.toMap(app -> app, Routes::served));
        HttpServer http = HttpServer.create().runOn(threads).idleTimeout(IDLE).requestTimeout(REQUEST_WITHIN).handle(this::routeOrRefuse);
        this.server = bind(KeptConnections.of(connections.limit(http)), address, "SLUICE_PORT");
    }

    /// Listens at once. Until an app has started, and when it has ended, its paths are answered with `UNAVAILABLE`.
    ///
    /// @param apps        those of [Routes] that are going to run
    /// @param connections which of them it accepts
    static PublicServer open(InetSocketAddress address, Set<String> apps, Connections connections) {
        return new PublicServer(address, apps, connections);
    }

    /// @param variable that sets the port
    /// @throws IllegalStateException when the address is taken
    static DisposableServer bind(HttpServer server, InetSocketAddress address, String variable) {
        try {
            return server.bindAddress(() -> address).bindNow();
        } catch (ChannelBindException e) {
            throw new IllegalStateException("cannot listen on port " + address.getPort() + ": end what listens there, or set " + variable
                    + " to another port");
        }
    }

    int port() {
        return server.port();
    }

    AppServer of(String app) {
        return Objects.requireNonNull(apps.get(app), app);
    }

    /// From now on, the paths of the demo are answered.
    void add(DemoServer demo) {
        this.demo = demo;
    }

    private Publisher<Void> routeOrRefuse(HttpServerRequest request, HttpServerResponse response) {
        try {
            // A target that is no path, or is not decodable, is nothing that an app should see.
            return request.uri().startsWith("/") ? route(request, response) : Answer.MALFORMED.to(response);
        } catch (RuntimeException e) {
            return Answer.MALFORMED.to(response);
        }
    }

    private Publisher<Void> route(HttpServerRequest request, HttpServerResponse response) {
        String path = request.fullPath();
        DemoServer ofTheDemo = demo;
        if (ofTheDemo != null && ofTheDemo.owns(path)) {
            return ofTheDemo.handle(request, response);
        }
        Optional<String> owner = Routes.owner(routes, path);
        return owner.isPresent() ? of(owner.get()).handle(request, response) : Answer.NOT_FOUND.to(response);
    }

    /// To be closed after the apps: they finish what they were asked through it.
    @Override
    public void close() {
        server.disposeNow(CLOSED_WITHIN);
        threads.disposeLater(Duration.ZERO, CLOSED_WITHIN).block(CLOSED_WITHIN);
    }
}
