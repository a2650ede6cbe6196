package dev.sluice.sandbox.notice;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import dev.sluice.sandbox.trade.NoticeEnd;
import dev.sluice.sandbox.trade.Payment;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.Trades;

/// Delivers notices: the first at once, the next after the provider's pauses. What a restart interrupts begins again with the first.
@Component
public final class Notifier implements AutoCloseable {
    /// Deliveries at the same time.
    static final int MAX_DELIVERIES = 32;
    /// Payments being told or waiting for their next delivery; a payment beyond that is not told, as providers promise no delivery.
    static final int MAX_UNTOLD = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final Map<Provider, PaymentNotice> notices;
    private final Trades trades;
    private final TimeScale timeScale;
    private final Semaphore untold = new Semaphore(MAX_UNTOLD);
    private final Semaphore deliveries = new Semaphore(MAX_DELIVERIES);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("notice-", 0).factory());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("notice-timer").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private final NoticePost post = new NoticePost(threads);

    Notifier(List<PaymentNotice> notices, Trades trades, TimeScale timeScale) {
        this.notices = notices.stream().collect(Collectors.toMap(PaymentNotice::provider, Function.identity()));
        this.trades = trades;
        this.timeScale = timeScale;
    }

    /// What was paid before a restart and not yet acknowledged is told again.
    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        trades.untold().forEach(this::tell);
    }

    /// Starts to tell of a paid trade; returns at once. Nobody is told of a trade without a payment or an address.
    public void tell(Trade trade) {
        Payment payment = trade.payment();
        URI url = trade.offer().notifyUrl();
        if (payment == null || url == null) {
            return;
        }
        if (!untold.tryAcquire()) {
            LOG.warn("{} notice dropped: {} payments are being told already", trade.offer().key().number(), MAX_UNTOLD);
            return;
        }
        PaymentNotice notice = Objects.requireNonNull(notices.get(trade.offer().key().provider()), "a provider without notices");
        deliverOnThread(new Delivery(trade, payment, url, notice, 1));
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
        NoticeOutcome outcome;
        deliveries.acquire();
        try {
            NoticeBody body = delivery.notice.compose(delivery.trade, delivery.payment);
            outcome = post.send(delivery.url, body, delivery.notice);
        } finally {
            deliveries.release();
        }
        LOG.info("{} notice {}: {}", delivery.trade.offer().key().number(), delivery.attempt, outcome);
        List<Duration> pauses = delivery.notice.pauses();
        if (outcome == NoticeOutcome.ACKNOWLEDGED) {
            end(delivery, NoticeEnd.ACKNOWLEDGED);
        } else if (delivery.attempt > pauses.size()) {
            end(delivery, NoticeEnd.GIVEN_UP);
        } else {
            Duration pause = timeScale.shorten(pauses.get(delivery.attempt - 1));
            var _ = timer.schedule(() -> deliverOnThread(delivery.next()), pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void end(Delivery delivery, NoticeEnd end) {
        trades.noticeEnded(delivery.trade.offer().key(), end);
        untold.release();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
        post.close();
    }

    private record Delivery(Trade trade, Payment payment, URI url, PaymentNotice notice, int attempt) {
        Delivery next() {
            return new Delivery(trade, payment, url, notice, attempt + 1);
        }
    }
}
