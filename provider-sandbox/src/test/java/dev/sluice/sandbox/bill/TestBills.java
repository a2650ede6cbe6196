package dev.sluice.sandbox.bill;

import java.time.Clock;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.Trades;

/// Bills of any merchant.
public final class TestBills {
    private TestBills() {}

    public static AlipayBill alipay(Trades trades, FaultInjection faults, Clock clock) {
        return new AlipayBill(new DailyBill(trades, faults, clock), AnyMerchant.properties(), clock);
    }

    public static WechatBill wechat(Trades trades, FaultInjection faults, Clock clock) {
        return new WechatBill(new DailyBill(trades, faults, clock), AnyMerchant.properties());
    }
}
