package dev.sluice.sandbox.notification;

import java.util.List;

import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.Trades;

/// Notifiers and false notifications for tests of other packages.
public final class TestNotifiers {
    private TestNotifiers() {}

    public static Notifier of(TradeNotification notification, FaultInjection injection, Trades trades) {
        return new Notifier(List.of(notification), injection, trades, new TimeScale(1));
    }

    public static RefundNotifier ofRefunds(RefundNotification notification, FaultInjection injection) {
        return new RefundNotifier(List.of(notification), injection, new TimeScale(1));
    }

    public static NotificationBody forged(TradeNotification notification, Trade trade) {
        return new FalseNotifications(notification, trade).forged();
    }

    public static NotificationBody ofAnotherMerchant(TradeNotification notification, Trade trade) {
        return new FalseNotifications(notification, trade).ofAnotherMerchant();
    }

    public static NotificationBody outdated(TradeNotification notification, Trade trade) {
        return new FalseNotifications(notification, trade).outdated();
    }

    public static List<NotificationBody> probes(TradeNotification notification, Trade trade) {
        return new FalseNotifications(notification, trade).probes();
    }
}
