package dev.sluice.sandbox.notice;

import java.util.List;

import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.Trades;

/// Notifiers for tests of other packages.
public final class TestNotifiers {
    private TestNotifiers() {}

    public static Notifier of(TradeNotice notice, FalseNotices falseNotices, FaultInjection faults, Trades trades) {
        return new Notifier(List.of(notice), new NoticeRounds(List.of(falseNotices)), faults, trades, new TimeScale(1));
    }
}
