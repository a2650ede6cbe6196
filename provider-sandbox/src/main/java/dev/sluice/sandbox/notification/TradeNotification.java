package dev.sluice.sandbox.notification;

import java.time.Duration;
import java.util.List;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// One provider's notification that a trade is paid or closed.
public interface TradeNotification {

    Provider provider();

    /// The real pauses between deliveries; after the last one comes the last delivery.
    List<Duration> pauses();

    /// Writes and signs the notification for one delivery: of the payment if there is one, of the closure otherwise.
    NotificationBody compose(Trade trade);

    /// Whether the merchant's response acknowledges the notification.
    boolean acknowledgedBy(int status, byte[] response);

    /// What [dev.sluice.sandbox.fault.Fault] sends besides.
    FalseNotifications falseNotifications();
}
