package dev.sluice.sandbox.notice;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.Trades;

/// Delivers notices: the first at once, the next after the provider's pauses. What a restart interrupts begins again with the first.
@Component
public final class Notifier implements AutoCloseable {
    /// What is being told or waits for its next delivery; what is beyond that is not told, as providers promise no delivery.
    static final int MAX_UNTOLD = 20_000;
    /// How late [Fault#NOTIFIED_LATE] is.
    static final Duration LATENESS = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final Map<Provider, TradeNotice> notices;
    private final NoticeRounds rounds;
    private final FaultInjection faults;
    private final Trades trades;
    private final TimeScale timeScale;
    private final Semaphore untold = new Semaphore(MAX_UNTOLD);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("notice-", 0).factory());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("notice-timer").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private final Courier courier = new Courier(threads);

    Notifier(List<TradeNotice> notices, NoticeRounds rounds, FaultInjection faults, Trades trades, TimeScale timeScale) {
        this.notices = notices.stream().collect(Collectors.toMap(TradeNotice::provider, Function.identity()));
        this.rounds = rounds;
        this.faults = faults;
        this.trades = trades;
        this.timeScale = timeScale;
    }

    /// What was paid or closed before a restart and not yet acknowledged is told again.
    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        trades.unacknowledged().forEach(this::tell);
    }

    /// Starts to tell that a trade is paid or closed; returns at once. Nobody is told of another trade, or of one without an address.
    public void tell(Trade trade) {
        URI url = trade.terms().notifyUrl();
        if (trade.notificationId().isEmpty() || url == null) {
            return;
        }
        if (!untold.tryAcquire()) {
            LOG.warn("{} notice dropped: {} are being told already", trade.number(), MAX_UNTOLD);
            return;
        }
        TradeNotice notice = Objects.requireNonNull(notices.get(trade.key().provider()), "a provider without notices");
        var first = new Delivery(trade, url, notice, 1);
        if (faults(trade).contains(Fault.NOTIFIED_LATE)) {
            deliverAfter(LATENESS, first);
        } else {
            deliverOnThread(first);
        }
    }

    private void deliverAfter(Duration real, Delivery delivery) {
        var _ = timer.schedule(() -> deliverOnThread(delivery), timeScale.shorten(real).toNanos(), TimeUnit.NANOSECONDS);
    }

    private void deliverOnThread(Delivery delivery) {
        threads.execute(() -> {
            try {
                deliver(delivery);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void deliver(Delivery delivery) throws InterruptedException {
        Set<Fault> faults = faults(delivery.trade);
        if (faults.contains(Fault.NEVER_NOTIFIED)) {
            LOG.info("{} notice withheld", delivery.number());
            end(delivery);
            return;
        }
        if (faults.contains(Fault.PAID_TWICE)) {
            payAgain(delivery);
        }
        NoticeOutcome outcome = courier.deliver(
                delivery.url, rounds.compose(delivery.trade, delivery.notice, faults), delivery.notice);
        LOG.info("{} notice {}: {}", delivery.number(), delivery.attempt, outcome);
        List<Duration> pauses = delivery.notice.pauses();
        if (outcome == NoticeOutcome.ACKNOWLEDGED) {
            end(delivery);
        } else if (delivery.attempt > pauses.size()) {
            end(delivery);
        } else {
            deliverAfter(pauses.get(delivery.attempt - 1), delivery.next());
        }
    }

    private void payAgain(Delivery delivery) {
        trades.payAgain(delivery.trade.key()).ifPresent(twin -> {
            LOG.info("{} paid again: {}", delivery.number(), twin.transactionId());
            tell(twin);
        });
    }

    private Set<Fault> faults(Trade trade) {
        return faults.of(trade.number());
    }

    private void end(Delivery delivery) {
        trades.notificationEnded(delivery.trade);
        untold.release();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
        courier.close();
    }

    private record Delivery(Trade trade, URI url, TradeNotice notice, int attempt) {
        String number() {
            return trade.number();
        }

        Delivery next() {
            return new Delivery(trade, url, notice, attempt + 1);
        }
    }
}
