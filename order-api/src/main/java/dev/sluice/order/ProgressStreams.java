package dev.sluice.order;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.annotation.PreDestroy;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// The open pages. Each stream reads the moves that its page has not seen, at once and whenever its order is told to have moved,
/// so it shows every state once and in order, whichever instance the order moved on.
@Component
class ProgressStreams {
    private final Orders orders;
    private final MovedOrders movedOrders;
    private final Semaphore free = new Semaphore(Limits.STREAMS);
    private final Scheduler blockingWork = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());

    ProgressStreams(Orders orders, MovedOrders movedOrders) {
        this.orders = orders;
        this.movedOrders = movedOrders;
    }

    /// The progress of an order after version `seen`, or nothing when too many pages are open.
    Optional<Flux<ServerSentEvent<OrderView>>> open(String tradeNo, int seen) {
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        var last = new AtomicInteger(seen);
        Flux<ServerSentEvent<OrderView>> progress = Flux
                .merge(movedOrders.of(tradeNo).onBackpressureLatest(), Mono.just(tradeNo))
                .concatMap(_ -> Mono.fromCallable(() -> orders.progressAfter(tradeNo, last.get())).subscribeOn(blockingWork), 1)
                .concatMapIterable(moves -> moves)
                .doOnNext(order -> last.set(order.version()))
                .map(order -> ServerSentEvent.builder(OrderView.of(order)).id(Integer.toString(order.version())).event("progress").build());
        Flux<ServerSentEvent<OrderView>> heartbeat = Flux.interval(Limits.STREAM_HEARTBEAT)
                .map(_ -> ServerSentEvent.<OrderView>builder().comment("").build());
        return Optional.of(Flux.merge(progress, heartbeat).take(Limits.STREAM_LIFE).doFinally(_ -> free.release()));
    }

    @PreDestroy
    void close() {
        blockingWork.dispose();
    }
}
