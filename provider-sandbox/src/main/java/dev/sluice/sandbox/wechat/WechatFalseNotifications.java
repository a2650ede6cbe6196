package dev.sluice.sandbox.wechat;

import java.util.List;
import java.util.Map;

import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.notification.FalseNotifications;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.trade.Trade;

/// Payment notifications of WeChat Pay's form that a merchant must not act upon.
record WechatFalseNotifications(SandboxProperties.Wechat account, WechatPaymentNotification notification) implements FalseNotifications {

    @Override
    public NotificationBody forged(Trade trade) {
        return signed(trade, ofOtherTransaction(trade), WechatController.FORGED_KEY);
    }

    @Override
    public NotificationBody ofAnotherMerchant(Trade trade) {
        Map<String, String> fields = ofOtherTransaction(trade);
        fields.put("appid", FalseNotifications.otherThan(account.appId()));
        fields.put("mch_id", FalseNotifications.otherThan(account.mchId()));
        return signed(trade, fields, account.apiKey());
    }

    /// The documentation promises notifications of successful payments only, but has `result_code` in them: a merchant has to look at it.
    @Override
    public NotificationBody outdated(Trade trade) {
        Map<String, String> fields = notification.fields(trade);
        fields.put("result_code", "FAIL");
        fields.put("err_code", "BANKERROR");
        fields.put("err_code_des", "银行系统异常");
        return signed(trade, fields, account.apiKey());
    }

    @Override
    public List<NotificationBody> probes(Trade trade) {
        return List.of(
                WechatPaymentNotification.body(ofOtherTransaction(trade)),
                withSign(ofOtherTransaction(trade), ""),
                // As the probes of WeChat Pay v3 look.
                withSign(ofOtherTransaction(trade), "WECHATPAY/SIGNTEST/" + "0".repeat(32)),
                signedWithEmptyKey(trade),
                changedAfterSigning(trade));
    }

    /// A merchant without a key believes it.
    private NotificationBody signedWithEmptyKey(Trade trade) {
        Map<String, String> fields = ofOtherTransaction(trade);
        return withSign(fields, SignType.MD5.sign(fields, ""));
    }

    private NotificationBody changedAfterSigning(Trade trade) {
        Map<String, String> fields = ofOtherTransaction(trade);
        fields.put("sign", sign(trade, fields, account.apiKey()));
        fields.put("cash_fee", Long.toString(trade.terms().fen() + 1));
        return WechatPaymentNotification.body(fields);
    }

    private Map<String, String> ofOtherTransaction(Trade trade) {
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
