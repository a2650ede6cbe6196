package dev.sluice.sandbox.wechat;

import java.util.List;
import java.util.Map;

import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notification.FalseNotifications;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.trade.Trade;

/// Payment notifications that look like WeChat Pay's and are not to be believed.
final class WechatFalseNotifications implements FalseNotifications {
    private final SandboxProperties.Wechat merchant;
    private final WechatPaymentNotification notification;

    WechatFalseNotifications(SandboxProperties.Wechat merchant, WechatPaymentNotification notification) {
        this.merchant = merchant;
        this.notification = notification;
    }

    @Override
    public NotificationBody forged(Trade trade) {
        return signed(trade, otherTransaction(trade), Forger.KEY);
    }

    @Override
    public NotificationBody ofAnotherMerchant(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        fields.put("appid", FalseNotifications.otherThan(merchant.appId()));
        fields.put("mch_id", FalseNotifications.otherThan(merchant.mchId()));
        return signed(trade, fields, merchant.apiKey());
    }

    /// The documentation promises notifications of successful payments only, but has `result_code` in them: a merchant has to look at it.
    @Override
    public NotificationBody outdated(Trade trade) {
        Map<String, String> fields = notification.fields(trade);
        fields.put("result_code", "FAIL");
        fields.put("err_code", "BANKERROR");
        fields.put("err_code_des", "银行系统异常");
        return signed(trade, fields, merchant.apiKey());
    }

    @Override
    public List<NotificationBody> probes(Trade trade) {
        return List.of(
                WechatPaymentNotification.body(otherTransaction(trade)),
                withSign(otherTransaction(trade), ""),
                // As the probes of WeChat Pay v3 look.
                withSign(otherTransaction(trade), "WECHATPAY/SIGNTEST/" + "0".repeat(32)),
                signedWithNothing(trade),
                changedAfterSigning(trade));
    }

    /// Whoever forgot to set the key believes it.
    private NotificationBody signedWithNothing(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        return withSign(fields, SignType.MD5.sign(fields, ""));
    }

    private NotificationBody changedAfterSigning(Trade trade) {
        Map<String, String> fields = otherTransaction(trade);
        fields.put("sign", sign(trade, fields, merchant.apiKey()));
        fields.put("cash_fee", Long.toString(trade.terms().fen() + 1));
        return WechatPaymentNotification.body(fields);
    }

    private Map<String, String> otherTransaction(Trade trade) {
        return notification.fields(trade.withTransactionId(FalseNotifications.otherThan(trade.transactionId())));
    }

    private static NotificationBody signed(Trade trade, Map<String, String> fields, String key) {
        return withSign(fields, sign(trade, fields, key));
    }

    private static NotificationBody withSign(Map<String, String> fields, String sign) {
        fields.put("sign", sign);
        return WechatPaymentNotification.body(fields);
    }

    private static String sign(Trade trade, Map<String, String> fields, String key) {
        return SignType.of(trade.terms().fields()).orElseThrow().sign(fields, key);
    }
}
