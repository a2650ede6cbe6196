package dev.sluice.standalone;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.web.server.GracefulShutdownCallback;
import org.springframework.boot.web.server.GracefulShutdownResult;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// The web server of one app. It opens no port: the [PublicServer] hands it the requests to the app's paths. When the app ends, requests
/// in flight end first; open progress streams end at once, their pages open them again.
final class AppServer implements ReactiveWebServerFactory, WebServer {
    /// Requests that one app serves at a time, open progress streams among them; order-api opens fewer of those.
    static final int REQUESTS = 4_000;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<@Nullable GracefulShutdownCallback> drained = new AtomicReference<>();
    private final Sinks.One<Boolean> ending = Sinks.one();
    private volatile @Nullable ReactorHttpHandlerAdapter handler;
    private volatile boolean open;

    @Override
    public WebServer getWebServer(HttpHandler httpHandler) {
        handler = new ReactorHttpHandlerAdapter(httpHandler);
        return this;
    }

    /// Has the app answer, unless it is starting, ending or overloaded.
    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        ReactorHttpHandlerAdapter app = handler;
        // Counted before it is looked whether the app is ending: it cannot end between the two.
        int requests = inFlight.incrementAndGet();
        if (app == null || !open || requests > REQUESTS) {
            leave();
            return Answer.UNAVAILABLE.to(response);
        }
        Mono<Boolean> streamEnds = ending.asMono().filter(_ -> isStream(response)).switchIfEmpty(Mono.never());
        return Mono.defer(() -> app.apply(request, response)).takeUntilOther(streamEnds).doFinally(_ -> leave());
    }

    private static boolean isStream(HttpServerResponse response) {
        return response.responseHeaders().get("Content-Type", "").startsWith("text/event-stream");
    }

    private void leave() {
        if (inFlight.decrementAndGet() == 0) {
            endIfDrained();
        }
    }

    private void endIfDrained() {
        GracefulShutdownCallback waiting = drained.get();
        if (waiting != null && inFlight.get() == 0 && drained.compareAndSet(waiting, null)) {
            waiting.shutdownComplete(GracefulShutdownResult.IDLE);
        }
    }

    @Override
    public void start() {
        open = true;
    }

    @Override
    public void shutDownGracefully(GracefulShutdownCallback callback) {
        open = false;
        drained.set(callback);
        ending.tryEmitValue(true);
        endIfDrained();
    }

    @Override
    public void stop() {
        open = false;
    }

    /// None.
    @Override
    public int getPort() {
        return -1;
    }
}
