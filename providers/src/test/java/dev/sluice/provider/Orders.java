package dev.sluice.provider;

import java.net.URI;
import java.time.Instant;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.payment.QrOrder;

/// Orders for tests.
public final class Orders {
    private Orders() {}

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
