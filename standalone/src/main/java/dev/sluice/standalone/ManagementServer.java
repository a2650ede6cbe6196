package dev.sluice.standalone;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

import dev.sluice.edge.KeptConnections;

/// `/livez`, `/readyz` and `/metrics` of all apps together, on a port of their own.
final class ManagementServer implements AutoCloseable {
    private static final Duration HEALTH_WITHIN = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration REQUEST_WITHIN = Duration.ofSeconds(5);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(3);
    private static final int THREADS = 1;

    /// An app that is observed.
    interface Observed {
        String name();

        /// May block.
        boolean isReady();

        /// In the text format of Prometheus.
        String metrics();
    }

    private final LoopResources threads = LoopResources.create("management", THREADS, true);
    private final Scheduler blockingWork = Schedulers.fromExecutor(Executors.newVirtualThreadPerTaskExecutor());
    private final DisposableServer server;
    private volatile List<? extends Observed> apps = List.of();

    private ManagementServer(InetSocketAddress address) {
        HttpServer http = HttpServer.create().runOn(threads).idleTimeout(IDLE).requestTimeout(REQUEST_WITHIN).handle(this::answer);
        this.server = PublicServer.bind(KeptConnections.of(http), address, "SLUICE_MANAGEMENT_PORT");
    }

    /// Listens at once; not ready before there are apps.
    static ManagementServer open(InetSocketAddress address) {
        return new ManagementServer(address);
    }

    void observe(List<? extends Observed> started) {
        apps = List.copyOf(started);
    }

    int port() {
        return server.port();
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return switch (request.uri()) {
            case "/livez" -> Answer.json(200, "{\"status\":\"UP\"}").to(response);
            case "/readyz" -> readiness().flatMap(answer -> Mono.from(answer.to(response)));
            case "/metrics" -> metrics().flatMap(answer -> Mono.from(answer.to(response)));
            default -> Answer.NOT_FOUND.to(response);
        };
    }

    private Mono<Answer> readiness() {
        return ofEach(app -> Map.entry(app.name(), app.isReady()), app -> Map.entry(app.name(), false)).map(all -> {
            boolean ready = !all.isEmpty() && all.stream().allMatch(Map.Entry::getValue);
            String each = String.join(",",
                    all.stream().map(app -> "\"" + app.getKey() + "\":\"" + status(app.getValue()) + "\"").sorted().toList());
            return Answer.json(ready ? 200 : 503, "{\"status\":\"" + status(ready) + "\",\"apps\":{" + each + "}}");
        });
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }

    private Mono<Answer> metrics() {
        return ofEach(Observed::metrics, _ -> "")
                .map(all -> new Answer(200, "text/plain; version=0.0.4; charset=utf-8", Metrics.merge(all)));
    }

    private <T> Mono<List<T>> ofEach(Function<Observed, T> question, Function<Observed, T> otherwise) {
        return Flux.fromIterable(apps)
                .flatMapSequential(app -> Mono.fromCallable(() -> question.apply(app)).subscribeOn(blockingWork).timeout(HEALTH_WITHIN)
                        .onErrorResume(_ -> Mono.fromSupplier(() -> otherwise.apply(app))))
                .collectList();
    }

    @Override
    public void close() {
        server.disposeNow(CLOSED_WITHIN);
        blockingWork.dispose();
        threads.disposeLater(Duration.ZERO, CLOSED_WITHIN).block(CLOSED_WITHIN);
    }
}
