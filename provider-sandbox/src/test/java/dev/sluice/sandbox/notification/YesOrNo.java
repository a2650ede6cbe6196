package dev.sluice.sandbox.notification;

import java.time.Duration;
import java.util.List;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A provider that is acknowledged with yes, and pauses for a second. Its notifications say what they are.
record YesOrNo() implements TradeNotification, FalseNotifications {
    @Override
    public Provider provider() {
        return Provider.WECHAT;
    }

    @Override
    public List<Duration> pauses() {
        return List.of(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Override
    public NotificationBody compose(Trade trade) {
        return body(trade.number() + " paid " + trade.terms().fen());
    }

    @Override
    public boolean acknowledgedBy(int status, byte[] answer) {
        return new String(answer, UTF_8).equals("yes");
    }

    @Override
    public FalseNotifications falseNotifications() {
        return this;
    }

    @Override
    public NotificationBody forged(Trade trade) {
        return body("forged");
    }

    @Override
    public NotificationBody ofAnotherMerchant(Trade trade) {
        return body("another merchant's");
    }

    @Override
    public NotificationBody outdated(Trade trade) {
        return body("outdated");
    }

    @Override
    public List<NotificationBody> probes(Trade trade) {
        return List.of(body("probe 1"), body("probe 2"));
    }

    private static NotificationBody body(String text) {
        return new NotificationBody("text/plain", text);
    }
}
