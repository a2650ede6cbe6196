package dev.sluice.sandbox.notification;

import java.util.List;

import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.Trades;

/// Notifiers for tests of other packages.
public final class TestNotifiers {
    private TestNotifiers() {}

    public static Notifier of(TradeNotification notification, FaultInjection injection, Trades trades) {
        return new Notifier(List.of(notification), injection, trades, new TimeScale(1));
    }
}
