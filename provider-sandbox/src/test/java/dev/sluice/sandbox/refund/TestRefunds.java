package dev.sluice.sandbox.refund;

import java.time.Clock;

import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.notification.RefundNotifier;
import dev.sluice.sandbox.trade.Trades;

/// Refunds for tests of other packages.
public final class TestRefunds {
    private TestRefunds() {}

    public static Refunds of(Trades trades, FaultInjection faults, RefundNotifier notifier, Clock clock, double timeScale) {
        return new Refunds(trades, faults, notifier, clock, new TimeScale(timeScale));
    }
}
