package dev.sluice.sandbox.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.trade.Trade;

/// All that is posted for one delivery, in steps: the true notification, and what faults add to it.
record Delivery(String number, List<Step> steps) {
    /// Copies of [Fault#NOTIFIED_TWENTY_TIMES].
    static final int MANY = 20;

    /// @param reported the trade as the true notification reports it
    static Delivery of(Trade trade, Trade reported, TradeNotification notification, Set<Fault> faults) {
        FalseNotifications wrong = notification.falseNotifications();
        List<Step> steps = new ArrayList<>();
        if (faults.contains(Fault.FORGED_NOTIFICATION)) {
            steps.add(Step.invalid(wrong.forged(trade)));
        }
        if (faults.contains(Fault.WRONG_MERCHANT)) {
            steps.add(Step.invalid(wrong.ofAnotherMerchant(trade)));
        }
        // Before and after the true one: a merchant that looks for the payment before it verifies acknowledges them.
        boolean probed = faults.contains(Fault.SIGNATURE_PROBES);
        if (probed) {
            wrong.probes(trade).forEach(probe -> steps.add(Step.invalid(probe)));
        }
        if (faults.contains(Fault.NOTIFIED_TWENTY_TIMES)) {
            steps.add(new Step(true, Stream.generate(() -> notification.compose(reported)).limit(MANY).toList()));
        } else {
            Stream.generate(() -> new Step(true, List.of(notification.compose(reported))))
                    .limit(faults.contains(Fault.NOTIFIED_TWICE) ? 2 : 1)
                    .forEach(steps::add);
        }
        if (probed) {
            wrong.probes(trade).forEach(probe -> steps.add(Step.invalid(probe)));
        }
        if (faults.contains(Fault.OUTDATED_NOTIFICATION)) {
            steps.add(Step.invalid(wrong.outdated(trade)));
        }
        return new Delivery(trade.number(), steps);
    }

    /// What is posted at the same time.
    ///
    /// @param valid whether this is the true notification; one acknowledgement of it is enough
    record Step(boolean valid, List<NotificationBody> bodies) {
        static Step invalid(NotificationBody body) {
            return new Step(false, List.of(body));
        }
    }
}
