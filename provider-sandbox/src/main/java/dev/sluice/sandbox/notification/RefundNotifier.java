package dev.sluice.sandbox.notification;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.notification.NotificationClient.Outcome;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Refund;
import dev.sluice.sandbox.trade.Trade;

/// Delivers notifications of refunds until the merchant acknowledges them. A restart forgets those that were not: providers promise no
/// delivery.
@Component
public final class RefundNotifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RefundNotifier.class);

    private final Map<Provider, RefundNotification> notifications;
    private final FaultInjection injection;
    private final TimeScale timeScale;
    private final Semaphore free = new Semaphore(Notifier.MAX_TRADES);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("refund-", 0).factory());
    private final NotificationClient client = new NotificationClient(threads);

    RefundNotifier(List<RefundNotification> notifications, FaultInjection injection, TimeScale timeScale) {
        this.notifications = notifications.stream()
                .collect(Collectors.toMap(each -> each.ofPayment().form().provider(), Function.identity()));
        this.injection = injection;
        this.timeScale = timeScale;
    }

    /// Starts to notify the merchant of a refund that reached a state; returns at once.
    ///
    /// @param trade with the refund
    public void notifyOf(Trade trade, Refund refund) {
        URI url = trade.terms().notifyUrl();
        var notification = notifications.get(trade.key().provider());
        if (url == null || notification == null || !notification.isSent(trade, refund)) {
            return;
        }
        if (!free.tryAcquire()) {
            LOG.warn("{} notification of a refund dropped: {} are being delivered already", trade.number(), Notifier.MAX_TRADES);
            return;
        }
        threads.execute(() -> {
            try {
                deliver(trade, refund, url, notification);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } finally {
                free.release();
            }
        });
    }

    private void deliver(Trade trade, Refund refund, URI url, RefundNotification notification) throws InterruptedException {
        Outcome outcome = attempt(trade, refund, url, notification);
        for (Duration pause : notification.ofPayment().form().pauses()) {
            if (outcome == Outcome.ACKNOWLEDGED || outcome == Outcome.WITHHELD) {
                return;
            }
            Thread.sleep(timeScale.shorten(pause));
            outcome = attempt(trade, refund, url, notification);
        }
    }

    private Outcome attempt(Trade trade, Refund refund, URI url, RefundNotification notification) throws InterruptedException {
        Outcome outcome = injection.has(trade.number(), Fault.NEVER_NOTIFIED)
                ? Outcome.WITHHELD
                : client.post(url, List.of(notification.compose(trade, refund)), notification.ofPayment());
        LOG.info("{} notification of a refund: {}", trade.number(), outcome);
        return outcome;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }
}
