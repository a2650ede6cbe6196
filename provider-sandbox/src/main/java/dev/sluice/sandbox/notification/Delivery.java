package dev.sluice.sandbox.notification;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.notification.NotificationClient.Outcome;
import dev.sluice.sandbox.trade.Trade;

/// One delivery: the true notification, and what faults add to it.
///
/// @param reported the trade as the true notification reports it
record Delivery(
        NotificationClient client,
        URI url,
        TradeNotification notification,
        Trade trade,
        Trade reported,
        Set<Fault> faults) {
    /// Copies of [Fault#NOTIFIED_TWENTY_TIMES].
    static final int MANY = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /// Posts everything and returns the outcome of the true notification. Responses to false ones change nothing.
    Outcome run() throws InterruptedException {
        var wrong = new FalseNotifications(notification, trade);
        post(Fault.FORGED_NOTIFICATION, () -> List.of(wrong.forged()));
        post(Fault.WRONG_MERCHANT, () -> List.of(wrong.ofAnotherMerchant()));
        // Before and after the true one: a merchant that looks for the payment before it verifies acknowledges them.
        post(Fault.SIGNATURE_PROBES, wrong::probes);
        Outcome outcome = postCopies();
        post(Fault.SIGNATURE_PROBES, wrong::probes);
        post(Fault.OUTDATED_NOTIFICATION, () -> List.of(wrong.outdated()));
        return outcome;
    }

    private void post(Fault fault, Supplier<List<NotificationBody>> wrong) throws InterruptedException {
        if (faults.contains(fault)) {
            for (NotificationBody body : wrong.get()) {
                LOG.info("{} false notification: {}", trade.number(), client.post(url, List.of(body), notification));
            }
        }
    }

    /// One acknowledgement of several copies is enough.
    private Outcome postCopies() throws InterruptedException {
        if (faults.contains(Fault.NOTIFIED_TWENTY_TIMES)) {
            return client.post(url, Stream.generate(() -> notification.compose(reported)).limit(MANY).toList(), notification);
        }
        Outcome first = client.post(url, List.of(notification.compose(reported)), notification);
        if (!faults.contains(Fault.NOTIFIED_TWICE)) {
            return first;
        }
        Outcome second = client.post(url, List.of(notification.compose(reported)), notification);
        return first == Outcome.ACKNOWLEDGED ? first : second;
    }
}
