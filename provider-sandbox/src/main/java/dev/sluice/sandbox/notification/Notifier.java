package dev.sluice.sandbox.notification;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
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
import dev.sluice.sandbox.notification.NotificationClient.Outcome;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.Trades;

/// Delivers notifications: the first at once, the next after the provider's pauses. After a restart it begins again with the first.
@Component
public final class Notifier implements AutoCloseable {
    /// Trades whose notification is being delivered; those beyond are not notified, as providers promise no delivery.
    static final int MAX_TRADES = 20_000;
    /// Delay of [Fault#NOTIFIED_LATE].
    static final Duration LATENESS = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final Map<Provider, TradeNotification> notifications;
    private final FaultInjection injection;
    private final Trades trades;
    private final TimeScale timeScale;
    private final Semaphore free = new Semaphore(MAX_TRADES);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("notification-", 0).factory());
    private final NotificationClient client = new NotificationClient(threads);

    Notifier(List<TradeNotification> notifications, FaultInjection injection, Trades trades, TimeScale timeScale) {
        this.notifications = notifications.stream().collect(Collectors.toMap(each -> each.form().provider(), Function.identity()));
        this.injection = injection;
        this.trades = trades;
        this.timeScale = timeScale;
    }

    /// Notifications that were not acknowledged before a restart are delivered again.
    @EventListener(ApplicationReadyEvent.class)
    void resume() {
        trades.unacknowledged().forEach(this::notifyOf);
    }

    /// Starts to notify the merchant that a trade is paid or closed; returns at once. A trade without an address has no notification.
    public void notifyOf(Trade trade) {
        URI url = trade.terms().notifyUrl();
        if (trade.notificationId().isEmpty() || url == null) {
            return;
        }
        if (!free.tryAcquire()) {
            LOG.warn("{} notification dropped: {} are being delivered already", trade.number(), MAX_TRADES);
            return;
        }
        threads.execute(() -> {
            try {
                deliver(trade, url);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } finally {
                free.release();
            }
        });
    }

    private void deliver(Trade trade, URI url) throws InterruptedException {
        var notification = Objects.requireNonNull(notifications.get(trade.key().provider()), "a provider without notifications");
        if (injection.has(trade.number(), Fault.NOTIFIED_LATE)) {
            Thread.sleep(timeScale.shorten(LATENESS));
        }
        Outcome outcome = attempt(trade, url, notification);
        for (Duration pause : notification.form().pauses()) {
            if (outcome == Outcome.ACKNOWLEDGED || outcome == Outcome.WITHHELD) {
                break;
            }
            Thread.sleep(timeScale.shorten(pause));
            outcome = attempt(trade, url, notification);
        }
        trades.notificationEnded(trade);
    }

    private Outcome attempt(Trade trade, URI url, TradeNotification notification) throws InterruptedException {
        Set<Fault> faults = injection.of(trade.number());
        Outcome outcome = Outcome.WITHHELD;
        if (!faults.contains(Fault.NEVER_NOTIFIED)) {
            if (faults.contains(Fault.PAID_TWICE)) {
                payAgain(trade);
            }
            outcome = new Delivery(client, url, notification, trade, injection.reported(trade), faults).run();
        }
        LOG.info("{} notification: {}", trade.number(), outcome);
        return outcome;
    }

    private void payAgain(Trade trade) {
        trades.payAgain(trade.key()).ifPresent(second -> {
            LOG.info("{} paid again: {}", second.number(), second.transactionId());
            notifyOf(second);
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }
}
