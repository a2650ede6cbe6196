package dev.sluice.sandbox.wechat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notification.FalseNotifications;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.notification.TradeNotification;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// The payment notification of WeChat Pay v2. As in reality it lacks `sign_type`, also when the order used HMAC-SHA256 and the notification does too.
@Component
final class WechatPaymentNotification implements TradeNotification {
    private static final List<Duration> PAUSES = Stream.of(
            "PT15S", "PT15S", "PT30S", "PT3M", "PT10M", "PT20M", "PT30M", "PT30M", "PT30M", "PT60M", "PT3H", "PT3H", "PT3H",
            "PT6H", "PT6H")
            .map(Duration::parse)
            .toList();
    private static final int OK = 200;

    private final SandboxProperties.Wechat merchant;
    private final Nonces nonces;

    WechatPaymentNotification(SandboxProperties properties, Nonces nonces) {
        merchant = properties.wechat();
        this.nonces = nonces;
    }

    @Override
    public Provider provider() {
        return Provider.WECHAT;
    }

    @Override
    public List<Duration> pauses() {
        return PAUSES;
    }

    @Override
    public NotificationBody compose(Trade trade) {
        Map<String, String> notification = fields(trade);
        notification.put("sign", SignType.of(trade.terms().fields()).orElseThrow().sign(notification, merchant.apiKey()));
        return body(notification);
    }

    @Override
    public boolean acknowledgedBy(int status, byte[] answer) {
        return status == OK
                && WechatXml.read(answer) instanceof XmlReading.Fields(var fields)
                && "SUCCESS".equals(fields.get("return_code"));
    }

    @Override
    public FalseNotifications falseNotifications() {
        return new WechatFalseNotifications(merchant, this);
    }

    /// All that the notification says, in a map of its own and not signed yet.
    Map<String, String> fields(Trade trade) {
        Map<String, String> notification = new LinkedHashMap<>();
        notification.put("appid", merchant.appId());
        notification.put("mch_id", merchant.mchId());
        notification.put("nonce_str", nonces.next());
        notification.put("result_code", "SUCCESS");
        notification.put("return_code", "SUCCESS");
        PaidOrder.describe(trade, notification);
        return notification;
    }

    static NotificationBody body(Map<String, String> notification) {
        return new NotificationBody("text/xml; charset=utf-8", WechatXml.write(notification));
    }
}
