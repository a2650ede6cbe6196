package dev.sluice.sandbox.notification;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// One provider's notification that a trade is paid or closed, and what false ones are made of.
public interface TradeNotification {

    Form form();

    /// Whether the merchant's response acknowledges the notification.
    boolean acknowledgedBy(int status, byte[] response);

    /// The fields of one delivery but `sign`, in a map of its own: of the payment if there is one, of the closure otherwise.
    Map<String, String> fields(Trade trade);

    /// The right signature of fields about a trade.
    String sign(Trade trade, Map<String, String> fields);

    NotificationBody body(Map<String, String> fields);

    /// Turns the fields of a payment into those of an earlier status of the same trade.
    void makeOutdated(Map<String, String> fields);

    /// Signs in a way that only a careless merchant accepts.
    void signWeakly(Map<String, String> fields);

    /// The true notification for one delivery.
    default NotificationBody compose(Trade trade) {
        Map<String, String> fields = fields(trade);
        fields.put("sign", sign(trade, fields));
        return body(fields);
    }

    /// What all of a provider's notifications share.
    ///
    /// @param pauses the real pauses between deliveries; after the last one comes the last delivery
    /// @param merchantFields names of the fields that hold the merchant's own ids
    /// @param payerField name of a field about the payer, which merchants have no use for
    record Form(Provider provider, List<Duration> pauses, List<String> merchantFields, String payerField) {}
}
