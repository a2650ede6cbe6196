package dev.sluice.provider.wechat.v2;

import java.util.Map;
import java.util.Set;

import dev.sluice.event.value.PayAction;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrOrder;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.wire.BeijingTime;
import dev.sluice.provider.wire.Subject;

/// NATIVE payment of WeChat Pay v2: `POST /pay/unifiedorder` gives the `code_url` to show as QR code.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant/4011936530
final class WechatQrPayment implements QrPayment {
    /// The refusals after which the same request may be tried again, or the order may exist: WeChat Pay is busy, the number is paid or in use.
    /// Any other one is final.
    private static final Set<String> OPEN = Set.of("SYSTEMERROR", "SYSTEM_ERROR", "BANKERROR", "BIZERR_NEED_RETRY", "FREQUENCY_LIMITED",
            "FREQUENCY_LIMIT", "RATELIMIT_EXCEEDED", "ORDERPAID", "OUT_TRADE_NO_USED");
    private static final byte[] NOTHING = {};

    private final WechatClient client;

    WechatQrPayment(WechatClient client) {
        this.client = client;
    }

    @Override
    public ProviderResponse<QrAnswer> create(QrOrder order) {
        Map<String, String> parameters = Map
                .of(
                        "body",
                        Subject.clean(order.subject()),
                        "out_trade_no",
                        order.tradeNumber().value(),
                        "total_fee",
                        Long.toString(order.money().minorUnits()),
                        "fee_type",
                        order.money().currency().getCurrencyCode(),
                        "spbill_create_ip",
                        order.clientAddress(),
                        "time_start",
                        BeijingTime.COMPACT.write(order.createdAt()),
                        "time_expire",
                        BeijingTime.COMPACT.write(order.expiresAt()),
                        "notify_url",
                        order.notifyUrl().toString(),
                        "trade_type",
                        "NATIVE",
                        "product_id",
                        order.tradeNumber().value());
        try {
            return client.call(WechatOperation.UNIFIED_ORDER, parameters).response(WechatQrPayment::understand, QrAnswer.Unknown::new);
        } catch (WechatRequest.UnsendableFieldException e) {
            return new ProviderResponse<>(new QrAnswer.Refused(String.valueOf(e.getMessage())), NOTHING);
        }
    }

    private static QrAnswer understand(Map<String, String> fields) {
        if (!"SUCCESS".equals(fields.get("result_code"))) {
            String code = fields.getOrDefault("err_code", "");
            boolean isFinal = "FAIL".equals(fields.get("result_code")) && !code.isEmpty() && !OPEN.contains(code);
            return isFinal ? new QrAnswer.Refused(WechatClient.refusal(fields)) : new QrAnswer.Unknown(WechatClient.refusal(fields));
        }
        String payUrl = fields.getOrDefault("code_url", "");
        return payUrl.isEmpty() || !fields.containsKey("prepay_id")
                ? new QrAnswer.Unknown("success without code_url or prepay_id")
                : new QrAnswer.Ready(new PayAction.QrCode(payUrl));
    }
}
