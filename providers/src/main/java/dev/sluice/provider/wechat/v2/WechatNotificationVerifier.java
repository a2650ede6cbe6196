package dev.sluice.provider.wechat.v2;

import java.time.DateTimeException;
import java.util.Map;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.notification.NotificationReply;
import dev.sluice.provider.notification.NotificationVerifier;
import dev.sluice.provider.notification.RawNotification;
import dev.sluice.provider.notification.Verdict;
import dev.sluice.provider.wire.BeijingTime;

/// Payment notifications of WeChat Pay v2.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant/4011937248
final class WechatNotificationVerifier implements NotificationVerifier {
    private final WechatMerchant merchant;
    private final WechatSignature signature;

    /// Believes what is signed with the account's key, by the account's algorithm.
    WechatNotificationVerifier(WechatMerchant merchant) {
        this.merchant = merchant;
        this.signature = new WechatSignature(merchant.apiV2Key(), merchant.signType());
    }

    @Override
    public Verdict verify(RawNotification notification) {
        try {
            Map<String, String> fields = WechatXml.parse(notification.body());
            if (!signature.isRight(fields)) {
                return new Verdict.Forged(fields.containsKey(WechatSignature.FIELD) ? "wrong sign" : "no sign");
            }
            return understand(fields);
        } catch (WechatXml.MalformedXmlException e) {
            return new Verdict.Forged(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public NotificationReply success() {
        return WechatNotificationFormat.SUCCESS;
    }

    @Override
    public NotificationReply failure() {
        return WechatNotificationFormat.FAILURE;
    }

    private Verdict understand(Map<String, String> fields) {
        var told = new Merchant(fields.getOrDefault("appid", ""), fields.getOrDefault("mch_id", ""));
        if (!merchant.merchant().equals(told)) {
            return new Verdict.Forged("not our merchant");
        }
        if (!"SUCCESS".equals(fields.get("return_code")) || !"SUCCESS".equals(fields.get("result_code"))) {
            return new Verdict.NotAPayment("result_code is not SUCCESS");
        }
        try {
            return new Verdict.Paid(
                    new TradeNumber(fields.getOrDefault("out_trade_no", "")),
                    told,
                    new TransactionId(fields.getOrDefault("transaction_id", "")),
                    WechatMoney.of(fields),
                    BeijingTime.COMPACT.read(fields.getOrDefault("time_end", "")));
        } catch (IllegalArgumentException | DateTimeException e) {
            return new Verdict.Unclear(String.valueOf(e.getMessage()));
        }
    }
}
