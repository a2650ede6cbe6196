package dev.sluice.reconcile.refund;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.Provider;
import dev.sluice.log.NotAppendedException;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.ProviderConnections;

/// Once a second: takes the refunds that are due, and the payments that are to be looked at for refunds, and asks their providers. What was
/// taken by an instance that dies is taken again after [Limits#CLAIM].
@Component
class RefundSweep {
    private static final Logger LOG = LoggerFactory.getLogger(RefundSweep.class);

    private final RefundTurn turn;
    private final ProviderConnections connections;
    private final Clock clock;
    private final Lock sweeping = new ReentrantLock();
    private final Map<Provider, Semaphore> places = new ConcurrentHashMap<>();
    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();

    RefundSweep(RefundTurn turn, ProviderConnections connections, Clock clock) {
        this.turn = turn;
        this.connections = connections;
        this.clock = clock;
    }

    /// Runs do not overlap.
    @Scheduled(fixedRate = Limits.TICK_MILLIS)
    void sweep() {
        if (sweeping.tryLock()) {
            try {
                connections.all().forEach(this::sweepOrWait);
            } finally {
                sweeping.unlock();
            }
        }
    }

    private void sweepOrWait(Provider provider, ProviderConnection connection) {
        try {
            if (connection.hasRoom()) {
                sweep(provider, connection);
            }
        } catch (DataAccessException e) {
            LOG.atWarn().addKeyValue("provider", provider).addKeyValue("why", e.getClass().getSimpleName())
                    .log("due refunds not read, retrying");
        }
    }

    private void sweep(Provider provider, ProviderConnection connection) {
        Semaphore free = places.computeIfAbsent(provider, _ -> new Semaphore(Limits.AT_ONCE));
        if (free.availablePermits() > 0) {
            turn.take(provider, connection, clock.instant(), free.availablePermits()).forEach(due -> ask(free, due));
        }
    }

    private void ask(Semaphore free, RefundTurn.Due due) {
        free.acquireUninterruptibly();
        askers.execute(() -> {
            try {
                due.ask().run();
            } catch (NotAppendedException | DataAccessException e) {
                // The claim ends by itself, and the provider is queried again.
                LOG.atWarn().addKeyValue("trade_no", due.tradeNumber()).addKeyValue("why", e.getClass().getSimpleName())
                        .log("refund asked about, answer not kept");
            } finally {
                free.release();
            }
        });
    }

    @PreDestroy
    void close() throws InterruptedException {
        askers.shutdown();
        if (!askers.awaitTermination(Limits.STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            askers.shutdownNow();
        }
    }
}
