package dev.sluice.sandbox.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.trade.Trade;

/// All that is posted for one delivery: the true notification, and what faults add to it.
///
/// @param number the merchant's number, for the log
/// @param notifications the true one, as often as it is sent; one acknowledgement is enough
/// @param atOnce whether these are sent at the same time, not one after the other
record Delivery(
        String number,
        List<NotificationBody> before,
        List<NotificationBody> notifications,
        boolean atOnce,
        List<NotificationBody> after) {

    /// Copies of [Fault#NOTIFIED_TWENTY_TIMES].
    static final int MANY = 20;

    /// @param reported the trade as the true notification reports it
    static Delivery of(Trade trade, Trade reported, TradeNotification notification, Set<Fault> faults) {
        FalseNotifications wrong = notification.falseNotifications();
        List<NotificationBody> before = new ArrayList<>();
        List<NotificationBody> after = new ArrayList<>();
        if (faults.contains(Fault.FORGED_NOTIFICATION)) {
            before.add(wrong.forged(trade));
        }
        if (faults.contains(Fault.WRONG_MERCHANT)) {
            before.add(wrong.ofAnotherMerchant(trade));
        }
        if (faults.contains(Fault.SIGNATURE_PROBES)) {
            // After the true one too: a merchant that looks for the payment before it verifies acknowledges them.
            before.addAll(wrong.probes(trade));
            after.addAll(wrong.probes(trade));
        }
        if (faults.contains(Fault.OUTDATED_NOTIFICATION)) {
            after.add(wrong.outdated(trade));
        }
        boolean atOnce = faults.contains(Fault.NOTIFIED_TWENTY_TIMES);
        int times = atOnce ? MANY : faults.contains(Fault.NOTIFIED_TWICE) ? 2 : 1;
        List<NotificationBody> truth = Stream.generate(() -> notification.compose(reported)).limit(times).toList();
        return new Delivery(trade.number(), before, truth, atOnce, after);
    }
}
