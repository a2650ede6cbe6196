package dev.sluice.provider.alipay;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.PaidAtBasis;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.alipay.account.AlipayVerificationKeys;
import dev.sluice.provider.notification.MessageVerifier;
import dev.sluice.provider.notification.NotificationReply;
import dev.sluice.provider.notification.RawNotification;
import dev.sluice.provider.notification.SignedMessage;
import dev.sluice.provider.notification.Verdict;
import dev.sluice.provider.wire.BeijingTime;
import dev.sluice.provider.wire.JoinedFields;
import dev.sluice.provider.wire.MalformedMessageException;
import dev.sluice.provider.wire.MessageBytes;

/// Alipay's asynchronous notifications about trades.
///
/// Source: opendocs.alipay.com, "异步通知说明" and its five checks.
final class AlipayNotificationVerifier implements MessageVerifier<Map<String, String>> {
    private static final Set<String> READ = Set.of("app_id", "seller_id", "out_trade_no", "trade_no", "trade_status", "total_amount",
            "gmt_payment", "notify_time", "gmt_refund", "refund_fee", "out_biz_no");

    private final Merchant merchant;
    private final String escapedAppId;
    private final AlipaySignature signature;

    /// Believes what is signed with Alipay's key and is about the account.
    AlipayNotificationVerifier(AlipayVerificationKeys verifying) {
        this.merchant = verifying.merchant();
        this.escapedAppId = merchant.appId().chars().mapToObj("%%%02x"::formatted).collect(Collectors.joining());
        this.signature = new AlipaySignature(verifying.alipayPublicKey());
    }

    /// A sender may escape digits, too.
    @Override
    public Map<String, String> read(byte[] body) throws MalformedMessageException {
        if (!MessageBytes.contain(body, merchant.appId()) && !MessageBytes.contain(body, escapedAppId)) {
            throw new MalformedMessageException("does not name our account");
        }
        return AlipayForm.parse(body);
    }

    @Override
    public Verdict verify(Map<String, String> parameters, RawNotification notification) {
        String sign = parameters.getOrDefault("sign", "");
        if (sign.isEmpty()) {
            return new Verdict.Forged("no sign");
        }
        if (!AlipaySignature.TYPE.equals(parameters.get("sign_type"))) {
            return new Verdict.Forged("sign_type is not RSA2");
        }
        if (!signature.isRight(AlipaySignature.signedText(parameters), sign)) {
            return new Verdict.Forged("wrong sign");
        }
        Optional<String> hidden = JoinedFields.hiddenName(parameters, READ::contains);
        if (hidden.isPresent()) {
            return new Verdict.Forged("can be read in two ways: a value has " + hidden.get());
        }
        var told = new Merchant(parameters.getOrDefault("app_id", ""), parameters.getOrDefault("seller_id", ""));
        return merchant.equals(told) ? understand(parameters, notification.receivedAt()) : new Verdict.Forged("not our merchant");
    }

    @Override
    public NotificationReply success() {
        return AlipayNotificationFormat.SUCCESS;
    }

    @Override
    public NotificationReply failure() {
        return AlipayNotificationFormat.FAILURE;
    }

    private Verdict understand(Map<String, String> parameters, Instant receivedAt) {
        var message = SignedMessage.of(parameters.getOrDefault("out_trade_no", ""),
                AlipaySignature.identity(parameters.getOrDefault("sign", "")));
        String status = parameters.getOrDefault("trade_status", "");
        return switch (status) {
            case "TRADE_SUCCESS", "TRADE_FINISHED" -> success(parameters, receivedAt, message);
            case "WAIT_BUYER_PAY", "TRADE_CLOSED" -> new Verdict.NotAPayment("trade_status " + status, message);
            default -> new Verdict.Unclear("trade_status " + (status.matches("[A-Z_]{1,32}") ? status : "missing"), message);
        };
    }

    private Verdict success(Map<String, String> parameters, Instant receivedAt, SignedMessage message) {
        try {
            // A partial refund comes as TRADE_SUCCESS again. refund_fee is 0.00 on some plain payments, so its value counts.
            if (parameters.containsKey("gmt_refund") || Money.parseYuan(parameters.getOrDefault("refund_fee", "0")).minorUnits() > 0) {
                return new Verdict.NotAPayment("a refund", message);
            }
            Optional<Instant> paidAt = time(parameters, "gmt_payment");
            Optional<Instant> notifiedAt = paidAt.isPresent() ? Optional.empty() : time(parameters, "notify_time");
            return new Verdict.Paid(
                    new TradeNumber(parameters.getOrDefault("out_trade_no", "")),
                    merchant,
                    new TransactionId(parameters.getOrDefault("trade_no", "")),
                    Money.parseYuan(parameters.getOrDefault("total_amount", "")),
                    paidAt.or(() -> notifiedAt).orElse(receivedAt),
                    paidAt.isPresent() ? PaidAtBasis.PAYMENT : notifiedAt.isPresent() ? PaidAtBasis.NOTIFICATION : PaidAtBasis.RECEIPT);
        } catch (IllegalArgumentException | DateTimeException e) {
            return new Verdict.Unclear(String.valueOf(e.getMessage()), message);
        }
    }

    private static Optional<Instant> time(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name)).map(BeijingTime.SPACED::read);
    }
}
