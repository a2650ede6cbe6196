package dev.sluice.provider.wechat.v2.refund;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.refund.RefundOrder;
import dev.sluice.provider.refund.RefundResult;
import dev.sluice.provider.wechat.v2.message.WechatFailure;
import dev.sluice.provider.wire.ConnectionFailure;

/// What answers to a request for a refund mean. A code that is not known means nothing: the refund may exist.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant, "申请退款", error codes
final class WechatRefundCodes {
    private static final Set<String> FOR_NOW = Set.of("NOTENOUGH", "FREQUENCY_LIMITED", "INVALID_REQ_TOO_MUCH");
    /// `ERROR`: its text decides for people, never for code. `REFUND_FEE_MISMATCH`: the number was used with other amounts.
    private static final Set<String> REFUSED = Set.of("TRADE_OVERDUE", "USER_ACCOUNT_ABNORMAL", "ERROR", "REFUND_FEE_MISMATCH",
            "ORDERNOTEXIST", "INVALID_TRANSACTIONID", "ORDER_NOT_READY", "INVALID_REQUEST");
    private static final Set<String> OUR_SET_UP = Set.of("CERT_ERROR", "NOAUTH", "SIGNERROR", "PARAM_ERROR", "APPID_NOT_EXIST",
            "MCHID_NOT_EXIST", "APPID_MCHID_NOT_MATCH", "XML_FORMAT_ERROR", "REQUIRE_POST_METHOD");
    /// Refusals before the signature check are not signed, and most have only a text.
    private static final Pattern WORDS_OF_OUR_SET_UP = Pattern.compile("签名错误|证书|商户号|无此接口权限|(?i:sign\\s?error|cert|mch_?id)");

    private WechatRefundCodes() {}

    static RefundResult read(ProviderReply<Map<String, String>> reply, RefundOrder order) {
        return switch (reply) {
            case ProviderReply.Signed<Map<String, String>>(var fields, var _) -> signed(fields, order);
            case ProviderReply.Silence<Map<String, String>>(var obstacle) -> obstacle == ConnectionFailure.TLS
                    ? new RefundResult.WrongSetUp("TLS", "the certificates were not accepted")
                    : new RefundResult.Unknown("no answer: " + obstacle);
            case ProviderReply.Unsigned<Map<String, String>> unsigned ->
                OUR_SET_UP.contains(unsigned.code()) || WORDS_OF_OUR_SET_UP.matcher(unsigned.words()).find()
                        ? new RefundResult.WrongSetUp(unsigned.code().isEmpty() ? "REFUSED" : unsigned.code(), unsigned.why())
                        : new RefundResult.Unknown(unsigned.why());
            case ProviderReply.Unusable<Map<String, String>> unusable -> new RefundResult.Unknown(unusable.why());
        };
    }

    private static RefundResult signed(Map<String, String> fields, RefundOrder order) {
        if ("SUCCESS".equals(fields.get("result_code"))) {
            boolean ours = order.number().value().equals(fields.get("out_refund_no"))
                    && order.transactionId().value().equals(fields.get("transaction_id"))
                    && Long.toString(order.refund().minorUnits()).equals(fields.get("refund_fee"));
            return ours ? new RefundResult.Accepted() : new RefundResult.Unknown("the answer is about another refund");
        }
        String code = fields.getOrDefault("err_code", "");
        String why = WechatFailure.text(fields);
        if (FOR_NOW.contains(code)) {
            return new RefundResult.RefusedForNow(code, why);
        }
        if (REFUSED.contains(code)) {
            return new RefundResult.Refused(code, why);
        }
        return OUR_SET_UP.contains(code) ? new RefundResult.WrongSetUp(code, why) : new RefundResult.Unknown(why);
    }
}
