package dev.sluice.order.progress;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.view.OrderView;
import dev.sluice.order.view.OrderViews;

/// The open pages. Each stream reads the moves that its page has not received, at once and whenever its order has moved. So it shows every
/// state once and in order, whichever instance the order moved on. While a page is open on an order that may still be paid,
/// `OrderWatched` is appended repeatedly, so that the provider is queried sooner.
@Component
class ProgressStreams {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressStreams.class);

    private final Orders orders;
    private final OrderChanges changes;
    private final EventLog eventLog;
    private final OrderViews views;
    private final Clock clock;
    private final OpenStreams open = new OpenStreams();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /// A page that closes must not interrupt its query: an interrupted virtual thread closes the socket, and with it a pooled connection.
    /// Of an `ExecutorService` Reactor would make a scheduler that interrupts.
    @SuppressWarnings("UnnecessaryMethodReference")
    private final Scheduler blockingWork = Schedulers.fromExecutor(threads::execute);

    ProgressStreams(Orders orders, OrderChanges changes, EventLog eventLog, OrderViews views, Clock clock) {
        this.orders = orders;
        this.changes = changes;
        this.eventLog = eventLog;
        this.views = views;
        this.clock = clock;
    }

    /// The progress of an order after version `seen`; empty when too many pages are open.
    ///
    /// @param locale the reader's
    Optional<Flux<ServerSentEvent<OrderView>>> open(TopUpOrder order, int seen, Locale locale) {
        if (!open.haveRoom(order.userId())) {
            return Optional.empty();
        }
        // A version that the order never had counts as none.
        int from = seen > order.version() ? 0 : seen;
        // Counted while a client is connected: an answer that is never read must not keep its place.
        return Optional.of(
                Flux.using(() -> open.enter(order.userId()), _ -> progress(order, from, locale), _ -> open.leave(order.userId())));
    }

    private Flux<ServerSentEvent<OrderView>> progress(TopUpOrder opened, int seen, Locale locale) {
        String tradeNo = opened.tradeNo();
        var last = new AtomicInteger(seen);
        var settled = new AtomicBoolean(!opened.status().awaitsMoney());
        Flux<ServerSentEvent<OrderView>> progress = Flux
                .merge(changes.of(tradeNo).onBackpressureLatest(), Mono.just(tradeNo))
                .concatMap(_ -> Mono.fromCallable(() -> moves(tradeNo, last.get(), locale)).subscribeOn(blockingWork), 1)
                .concatMapIterable(moves -> moves)
                .doOnNext(move -> {
                    last.set(move.version());
                    settled.set(!move.order().status().awaitsMoney());
                })
                .map(move -> ServerSentEvent.builder(move.order()).id(Integer.toString(move.version())).event("progress").build());
        Flux<ServerSentEvent<OrderView>> heartbeat = Flux.interval(Limits.STREAM_HEARTBEAT)
                .map(_ -> ServerSentEvent.<OrderView>builder().comment("").build());
        Flux<ServerSentEvent<OrderView>> watch = Flux.interval(Duration.ZERO, Limits.BETWEEN_WATCHES).onBackpressureDrop()
                .publishOn(blockingWork, 1)
                .takeWhile(_ -> !settled.get())
                .doOnNext(_ -> tellThatSomebodyLooks(new TradeNumber(tradeNo)))
                .thenMany(Flux.empty());
        return Flux.merge(progress, heartbeat, watch).take(Limits.STREAM_LIFE);
    }

    private record Move(int version, OrderView order) {}

    private List<Move> moves(String tradeNo, int seen, Locale locale) {
        List<TopUpOrder> moves = orders.progressAfter(tradeNo, seen);
        List<OrderView> shown = views.of(moves, locale);
        return IntStream.range(0, moves.size()).mapToObj(i -> new Move(moves.get(i).version(), shown.get(i))).toList();
    }

    private void tellThatSomebodyLooks(TradeNumber tradeNumber) {
        try {
            eventLog.append(new OrderWatched(tradeNumber, clock.instant().plus(Limits.WATCH_BELIEVED)));
        } catch (NotAppendedException e) {
            // No loss: the provider is queried anyway, only later.
            LOG.atDebug().addKeyValue("trade_no", tradeNumber).log("open page not announced");
        }
    }

    @PreDestroy
    void close() {
        blockingWork.dispose();
        threads.shutdown();
    }
}
