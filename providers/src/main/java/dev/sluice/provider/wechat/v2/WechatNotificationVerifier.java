package dev.sluice.provider.wechat.v2;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.PaidAtBasis;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.notification.MessageVerifier;
import dev.sluice.provider.notification.NotificationReply;
import dev.sluice.provider.notification.RawNotification;
import dev.sluice.provider.notification.SignedMessage;
import dev.sluice.provider.notification.Verdict;
import dev.sluice.provider.wechat.v2.message.WechatMoney;
import dev.sluice.provider.wechat.v2.message.WechatSignature;
import dev.sluice.provider.wechat.v2.message.WechatXml;
import dev.sluice.provider.wire.BeijingTime;
import dev.sluice.provider.wire.MalformedMessageException;
import dev.sluice.provider.wire.MessageBytes;

/// Payment notifications of WeChat Pay v2.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant/4011937248
final class WechatNotificationVerifier implements MessageVerifier<Map<String, String>> {
    private final WechatMerchant merchant;
    private final WechatSignature signature;
    private final WechatRefundNotification refunds;

    /// Believes what is signed with the account's key, by the account's algorithm.
    WechatNotificationVerifier(WechatMerchant merchant) {
        this.merchant = merchant;
        this.signature = new WechatSignature(merchant.apiV2Key(), merchant.signType());
        this.refunds = new WechatRefundNotification(merchant.apiV2Key());
    }

    /// A sender may write digits as references, too.
    @Override
    public Map<String, String> read(byte[] body) throws MalformedMessageException {
        if (!MessageBytes.contain(body, merchant.merchant().merchantId()) && !MessageBytes.contain(body, "&#")) {
            throw new MalformedMessageException("does not name our account");
        }
        return WechatXml.parse(body);
    }

    @Override
    public Verdict verify(Map<String, String> fields, RawNotification notification) {
        boolean isSigned = fields.containsKey(WechatSignature.FIELD);
        Optional<Verdict> refund = isSigned ? Optional.empty() : refunds.read(fields);
        if (refund.isEmpty() && !signature.isRight(fields)) {
            return new Verdict.Forged(isSigned ? "wrong sign" : "no sign");
        }
        var told = new Merchant(fields.getOrDefault("appid", ""), fields.getOrDefault("mch_id", ""));
        return merchant.merchant().equals(told)
                ? refund.orElseGet(() -> understand(fields, notification.receivedAt()))
                : new Verdict.Forged("not our merchant");
    }

    @Override
    public NotificationReply success() {
        return WechatNotificationFormat.SUCCESS;
    }

    @Override
    public NotificationReply failure() {
        return WechatNotificationFormat.FAILURE;
    }

    private Verdict understand(Map<String, String> fields, Instant receivedAt) {
        Optional<String> foreign = WechatOperation.NOTIFICATION.foreignField(fields);
        if (foreign.isPresent()) {
            return new Verdict.Forged("not a notification: it has " + foreign.get());
        }
        Optional<String> hidden = WechatOperation.hiddenField(fields);
        if (hidden.isPresent()) {
            return new Verdict.Forged("can be read in two ways: a value has " + hidden.get());
        }
        var message = SignedMessage.of(fields.getOrDefault("out_trade_no", ""), fields.getOrDefault(WechatSignature.FIELD, ""));
        if (!fields.containsKey("return_code") || !fields.containsKey("result_code")) {
            return new Verdict.Unclear("return_code or result_code is missing", message);
        }
        if (!"SUCCESS".equals(fields.get("return_code")) || !"SUCCESS".equals(fields.get("result_code"))) {
            return new Verdict.NotAPayment("result_code is not SUCCESS", message);
        }
        if (!"NATIVE".equals(fields.get("trade_type"))) {
            return new Verdict.Unclear("trade_type is not NATIVE", message);
        }
        try {
            return paid(fields, receivedAt);
        } catch (IllegalArgumentException | DateTimeException e) {
            return new Verdict.Unclear(String.valueOf(e.getMessage()), message);
        }
    }

    /// @throws IllegalArgumentException when a field that counts is not usable
    /// @throws DateTimeException        when the time is not one
    private Verdict paid(Map<String, String> fields, Instant receivedAt) {
        Optional<Instant> paidAt = Optional.ofNullable(fields.get("time_end")).map(BeijingTime.COMPACT::read);
        return new Verdict.Paid(
                new TradeNumber(fields.getOrDefault("out_trade_no", "")),
                merchant.merchant(),
                new TransactionId(fields.getOrDefault("transaction_id", "")),
                WechatMoney.of(fields),
                paidAt.orElse(receivedAt),
                paidAt.isPresent() ? PaidAtBasis.PAYMENT : PaidAtBasis.RECEIPT);
    }
}
