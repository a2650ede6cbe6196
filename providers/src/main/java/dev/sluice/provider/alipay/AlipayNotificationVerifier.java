package dev.sluice.provider.alipay;

import java.time.DateTimeException;
import java.util.Map;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.alipay.account.AlipayVerificationKeys;
import dev.sluice.provider.notification.NotificationReply;
import dev.sluice.provider.notification.NotificationVerifier;
import dev.sluice.provider.notification.RawNotification;
import dev.sluice.provider.notification.Verdict;
import dev.sluice.provider.wire.BeijingTime;

/// Alipay's asynchronous notifications about trades.
///
/// Source: opendocs.alipay.com, "异步通知说明" and its five checks.
final class AlipayNotificationVerifier implements NotificationVerifier {
    private final Merchant merchant;
    private final AlipaySignature signature;

    /// Believes what is signed with Alipay's key and is about the account.
    AlipayNotificationVerifier(AlipayVerificationKeys verifying) {
        this.merchant = verifying.merchant();
        this.signature = new AlipaySignature(verifying.alipayPublicKey());
    }

    @Override
    public Verdict verify(RawNotification notification) {
        try {
            Map<String, String> parameters = AlipayForm.parse(notification.body());
            String sign = parameters.get("sign");
            if (sign == null || sign.isEmpty()) {
                return new Verdict.Forged("no sign");
            }
            if (!AlipaySignature.TYPE.equals(parameters.get("sign_type"))) {
                return new Verdict.Forged("sign_type is not RSA2");
            }
            if (!signature.isRight(AlipaySignature.signedText(parameters), sign)) {
                return new Verdict.Forged("wrong sign");
            }
            return understand(parameters);
        } catch (AlipayForm.MalformedFormException e) {
            return new Verdict.Forged(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public NotificationReply success() {
        return AlipayNotificationFormat.SUCCESS;
    }

    @Override
    public NotificationReply failure() {
        return AlipayNotificationFormat.FAILURE;
    }

    private Verdict understand(Map<String, String> parameters) {
        var told = new Merchant(parameters.getOrDefault("app_id", ""), parameters.getOrDefault("seller_id", ""));
        if (!merchant.equals(told)) {
            return new Verdict.Forged("not our merchant");
        }
        String status = parameters.getOrDefault("trade_status", "");
        if (!status.equals("TRADE_SUCCESS") && !status.equals("TRADE_FINISHED")) {
            return new Verdict.NotAPayment("trade_status " + (status.matches("[A-Z_]{1,32}") ? status : "missing"));
        }
        try {
            // A partial refund comes as TRADE_SUCCESS again. refund_fee is 0.00 on some plain payments, so its value counts.
            if (parameters.containsKey("gmt_refund") || Money.parseYuan(parameters.getOrDefault("refund_fee", "0")).minorUnits() > 0) {
                return new Verdict.NotAPayment("a refund");
            }
            return new Verdict.Paid(
                    new TradeNumber(parameters.getOrDefault("out_trade_no", "")),
                    told,
                    new TransactionId(parameters.getOrDefault("trade_no", "")),
                    Money.parseYuan(parameters.getOrDefault("total_amount", "")),
                    BeijingTime.SPACED.read(parameters.getOrDefault("gmt_payment", "")));
        } catch (IllegalArgumentException | DateTimeException e) {
            return new Verdict.Unclear(String.valueOf(e.getMessage()));
        }
    }
}
