package dev.sluice.sandbox.alipay;

import java.util.List;
import java.util.Map;

import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notification.FalseNotifications;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.trade.Trade;

/// Notifications of Alipay's form that a merchant must not act upon.
record AlipayFalseNotifications(SandboxProperties.Alipay merchant, AlipayTradeNotification notification, AlipaySignature signature)
        implements
            FalseNotifications {
    private static final List<String> ONLY_AT_THE_END = List.of(
            "gmt_payment", "gmt_close", "receipt_amount", "invoice_amount", "buyer_pay_amount", "point_amount", "refund_fee",
            "fund_bill_list");

    @Override
    public NotificationBody forged(Trade trade) {
        return withSign(ofOtherTransaction(trade), rightSign(notification.fields(trade)));
    }

    @Override
    public NotificationBody ofAnotherMerchant(Trade trade) {
        Map<String, String> fields = ofOtherTransaction(trade);
        fields.put("app_id", FalseNotifications.otherThan(merchant.appId()));
        fields.put("auth_app_id", FalseNotifications.otherThan(merchant.appId()));
        fields.put("seller_id", FalseNotifications.otherThan(merchant.sellerId()));
        return withSign(fields, rightSign(fields));
    }

    /// That the trade waits for its payer, sent when it was created. No other status precedes a payment here.
    @Override
    public NotificationBody outdated(Trade trade) {
        Map<String, String> fields = notification.fields(trade);
        fields.keySet().removeAll(ONLY_AT_THE_END);
        fields.put("notify_id", FalseNotifications.otherThan(trade.notificationId().orElseThrow()));
        fields.replace("notify_time", fields.getOrDefault("gmt_create", ""));
        fields.put("trade_status", AlipayTradeNotification.WAITING);
        return withSign(fields, rightSign(fields));
    }

    @Override
    public List<NotificationBody> probes(Trade trade) {
        Map<String, String> fields = ofOtherTransaction(trade);
        Map<String, String> changed = ofOtherTransaction(trade);
        changed.put("buyer_logon_id", "changed after signing");
        return List.of(
                AlipayTradeNotification.body(fields),
                withSign(ofOtherTransaction(trade), ""),
                withSign(ofOtherTransaction(trade), "no signature at all"),
                withSign(changed, rightSign(fields)),
                downgraded(trade));
    }

    /// Signed with the right key in the old way: a merchant that takes the algorithm from the notification believes it.
    private NotificationBody downgraded(Trade trade) {
        Map<String, String> fields = ofOtherTransaction(trade);
        return AlipayTradeNotification.signed(fields, signature.signWithSha1(AlipaySignature.text(fields)), "RSA");
    }

    private Map<String, String> ofOtherTransaction(Trade trade) {
        Map<String, String> fields = notification.fields(trade.withTransactionId(FalseNotifications.otherThan(trade.transactionId())));
        fields.put("notify_id", FalseNotifications.otherThan(trade.notificationId().orElseThrow()));
        return fields;
    }

    private String rightSign(Map<String, String> fields) {
        return signature.sign(AlipaySignature.text(fields));
    }

    private static NotificationBody withSign(Map<String, String> fields, String sign) {
        return AlipayTradeNotification.signed(fields, sign, "RSA2");
    }
}
