package dev.sluice.sandbox.notification;

import dev.sluice.sandbox.trade.Refund;
import dev.sluice.sandbox.trade.Trade;

/// One provider's notification of a refund. It is sent to the payment's address.
public interface RefundNotification {

    /// Its schedule, and which responses acknowledge it, are those of a payment's.
    TradeNotification ofPayment();

    /// Whether the provider notifies of this refund at all.
    boolean isSent(Trade trade, Refund refund);

    /// One delivery.
    ///
    /// @param trade with the refund
    NotificationBody compose(Trade trade, Refund refund);
}
