package dev.sluice.provider.wechat.v2;

import java.util.Map;
import java.util.Set;

import dev.sluice.event.value.PayAction;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrOrder;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.wire.BeijingTime;
import dev.sluice.provider.wire.Subject;

/// NATIVE payment of WeChat Pay v2: `POST /pay/unifiedorder` gives the `code_url` to show as QR code.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant/4011936530
final class WechatQrPayment implements QrPayment {
    /// Codes that mean that no order exists and none will. Any other leaves it open.
    private static final Set<String> FINAL = Set.of("NOAUTH", "APPID_NOT_EXIST", "MCHID_NOT_EXIST", "APPID_MCHID_NOT_MATCH", "LACK_PARAMS",
            "ORDERCLOSED");

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
        return client.call("/pay/unifiedorder", parameters).response(WechatQrPayment::understand, QrAnswer.Unknown::new);
    }

    private static QrAnswer understand(Map<String, String> fields) {
        if (!"SUCCESS".equals(fields.get("result_code"))) {
            return FINAL.contains(fields.getOrDefault("err_code", ""))
                    ? new QrAnswer.Refused(WechatClient.refusal(fields))
                    : new QrAnswer.Unknown(WechatClient.refusal(fields));
        }
        String payUrl = fields.getOrDefault("code_url", "");
        return payUrl.isEmpty() ? new QrAnswer.Unknown("success without code_url") : new QrAnswer.Ready(new PayAction.QrCode(payUrl));
    }
}
