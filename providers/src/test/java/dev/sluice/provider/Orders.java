package dev.sluice.provider;

import java.net.URI;
import java.time.Instant;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.payment.QrOrder;
import dev.sluice.provider.refund.RefundOrder;

/// Orders for tests.
public final class Orders {
    private Orders() {}

    /// A part of its payment.
    public static RefundOrder anyRefund() {
        return new RefundOrder(anyOrder().tradeNumber(), new RefundNumber("RF_01JD8X2V9Y4Q6R8T0W2Z4B6D8F_1"),
                new TransactionId("4200000015201711256947025404"), anyOrder().money(), Money.ofFen(300), "多付了");
    }

    public static QrOrder anyOrder() {
        return new QrOrder(
                new TradeNumber("01JD8X2V9Y4Q6R8T0W2Z4B6D8F"),
                Money.ofFen(7300),
                "AI服务充值",
                Instant.parse("2026-11-22T20:00:00Z"),
                Instant.parse("2026-11-22T20:30:00Z"),
                URI.create("https://pay.example.com/api/wechat/notify"),
                "203.0.113.7");
    }
}
