package dev.sluice.sandbox.notification;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// One provider's notification that a trade is paid or closed, and what false ones are made of.
public interface TradeNotification {

    Provider provider();

    /// The real pauses between deliveries; after the last one comes the last delivery.
    List<Duration> pauses();

    /// Whether the merchant's response acknowledges the notification.
    boolean acknowledgedBy(int status, byte[] response);

    /// The fields of one delivery but `sign`, in a map of its own: of the payment if there is one, of the closure otherwise.
    Map<String, String> fields(Trade trade);

    /// The right signature of fields about a trade.
    String sign(Trade trade, Map<String, String> fields);

    NotificationBody body(Map<String, String> fields);

    /// Names of the fields that hold the merchant's own ids.
    List<String> merchantFields();

    /// Name of a field about the payer, which merchants have no use for.
    String payerField();

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
}
