package dev.sluice.sandbox.alipay;

import java.util.List;
import java.util.Map;

import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notification.FalseNotifications;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.trade.Trade;

/// Notifications of the form of Alipay that are not to be believed.
final class AlipayFalseNotifications implements FalseNotifications {
    private static final List<String> ONLY_WHEN_OVER = List.of(
            "gmt_payment", "gmt_close", "receipt_amount", "invoice_amount", "buyer_pay_amount", "point_amount", "refund_fee",
            "fund_bill_list");

    private final SandboxProperties.Alipay merchant;
    private final AlipayTradeNotification notification;
    private final AlipayKeys keys;

    AlipayFalseNotifications(SandboxProperties.Alipay merchant, AlipayTradeNotification notification, AlipayKeys keys) {
        this.merchant = merchant;
        this.notification = notification;
        this.keys = keys;
    }

    @Override
    public NotificationBody forged(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        return withSign(fields, rightSign(notification.fields(trade)));
    }

    @Override
    public NotificationBody ofAnotherMerchant(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        fields.put("app_id", FalseNotifications.otherThan(merchant.appId()));
        fields.put("auth_app_id", FalseNotifications.otherThan(merchant.appId()));
        fields.put("seller_id", FalseNotifications.otherThan(merchant.sellerId()));
        return withSign(fields, rightSign(fields));
    }

    /// That the trade waits for its payer, sent when it was created. Nothing else can be older than a payment here.
    @Override
    public NotificationBody outdated(Trade trade) {
        Map<String, String> fields = notification.fields(trade);
        fields.keySet().removeAll(ONLY_WHEN_OVER);
        fields.put("notify_id", FalseNotifications.otherThan(trade.notificationId().orElseThrow()));
        fields.replace("notify_time", fields.getOrDefault("gmt_create", ""));
        fields.put("trade_status", WireStatus.WAITING);
        return withSign(fields, rightSign(fields));
    }

    @Override
    public List<NotificationBody> probes(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        Map<String, String> changed = otherTransaction(trade);
        changed.put("buyer_logon_id", "changed after signing");
        return List.of(
                AlipayTradeNotification.body(fields),
                withSign(otherTransaction(trade), ""),
                withSign(otherTransaction(trade), "no signature at all"),
                withSign(changed, rightSign(fields)),
                downgraded(trade));
    }

    /// Signed with the right key in the old way: who takes the algorithm from the notification believes it.
    private NotificationBody downgraded(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        fields.put("sign", Rsa2.signAsOfOld(Rsa2.text(fields), keys.own()));
        fields.put("sign_type", "RSA");
        return AlipayTradeNotification.body(fields);
    }

    private Map<String, String> otherTransaction(Trade trade) {
        Map<String, String> fields = notification.fields(trade.withTransactionId(FalseNotifications.otherThan(trade.transactionId())));
        fields.put("notify_id", FalseNotifications.otherThan(trade.notificationId().orElseThrow()));
        return fields;
    }

    private String rightSign(Map<String, String> fields) {
        return Rsa2.sign(Rsa2.text(fields), keys.own());
    }

    private static NotificationBody withSign(Map<String, String> fields, String sign) {
        fields.put("sign", sign);
        fields.put("sign_type", "RSA2");
        return AlipayTradeNotification.body(fields);
    }
}
