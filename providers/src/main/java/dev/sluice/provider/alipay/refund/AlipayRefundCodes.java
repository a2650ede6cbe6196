package dev.sluice.provider.alipay.refund;

import java.util.Set;
import java.util.regex.Pattern;

import dev.sluice.event.value.Money;
import dev.sluice.provider.alipay.message.AlipayReply;
import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.refund.RefundDetails;
import dev.sluice.provider.refund.RefundOrder;
import dev.sluice.provider.refund.RefundResult;

/// What answers to a request for a refund mean. Code 10000 alone proves nothing: `fund_change` does, `Y` when money moved in this call. A code
/// that is not known means nothing: the refund may exist.
///
/// Source: opendocs.alipay.com, `alipay.trade.refund`
final class AlipayRefundCodes {
    /// Fields that only answers to other questions have.
    static final Set<String> FOREIGN = Set.of("trade_status", "qr_code", "send_pay_date", "refund_status", "refund_amount",
            "total_amount");

    private static final Set<String> FOR_NOW = Set.of("SELLER_BALANCE_NOT_ENOUGH", "REFUND_CHARGE_ERROR");
    private static final Set<String> REFUSED = Set.of("DISCORDANT_REPEAT_REQUEST", "TRADE_HAS_FINISHED", "TRADE_HAS_CLOSE",
            "TRADE_NOT_ALLOW_REFUND", "REASON_TRADE_REFUND_FEE_ERR", "REFUND_AMT_NOT_EQUAL_TOTAL", "NOT_ALLOW_PARTIAL_REFUND",
            "ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND", "TRADE_NOT_EXIST", "TRADE_STATUS_ERROR", "REASON_TRADE_STATUS_INVALID",
            "TRADE_SETTLE_ERROR", "REFUND_FEE_ERROR", "CURRENCY_NOT_SUPPORT", "INVALID_PARAMETER", "REASON_TRADE_BEEN_FREEZEN",
            "BUYER_ENABLE_STATUS_FORBID", "BUYER_ERROR", "BUYER_NOT_EXIST", "USER_NOT_MATCH_ERR", "CUSTOMER_VALIDATE_ERROR",
            "REFUND_ACCOUNT_NOT_EXIST", "REFUNDALLOC_UNAUTH_LIMIT", "ENTERPRISE_PAY_BIZ_ERROR");
    private static final String OVERDRAFT = "OVERDRAFT_";
    private static final String TRADE_CODE = "ACQ.";
    /// Missing authorisation, missing and invalid parameters of the call, no permission.
    private static final Set<String> OUR_SET_UP = Set.of("20001", "40001", "40002", "40006");
    /// Codes of a refusal that is not signed: a caller with a wrong key gets no signature.
    private static final Pattern UNSIGNED_OF_OUR_SET_UP = Pattern.compile("(?:20001|40001|40002|40006) .*");

    private AlipayRefundCodes() {}

    static RefundResult read(ProviderReply<AlipayReply> reply, RefundOrder order) {
        return switch (reply) {
            case ProviderReply.Signed<AlipayReply>(var answer, var _) -> signed(answer, order);
            case ProviderReply.Unsigned<AlipayReply> unsigned -> UNSIGNED_OF_OUR_SET_UP.matcher(unsigned.code() + " ").matches()
                    ? new RefundResult.WrongSetUp(unsigned.code(), unsigned.why())
                    : new RefundResult.Unknown(unsigned.why());
            case ProviderReply.Silence<AlipayReply> silence -> new RefundResult.Unknown(silence.why());
            case ProviderReply.Unusable<AlipayReply> unusable -> new RefundResult.Unknown(unusable.why());
        };
    }

    private static RefundResult signed(AlipayReply reply, RefundOrder order) {
        if (!reply.mayBeAbout(order.tradeNumber())) {
            return new RefundResult.Unknown("the answer is about another order");
        }
        if (reply.isSuccess()) {
            return success(reply, order);
        }
        String why = reply.refusal();
        if (OUR_SET_UP.contains(reply.code()) && !reply.subCode().startsWith(TRADE_CODE)) {
            return new RefundResult.WrongSetUp(reply.subCode().isEmpty() ? reply.code() : reply.subCode(), why);
        }
        if (!reply.code().equals("40004") || !reply.subCode().startsWith(TRADE_CODE)) {
            return new RefundResult.Unknown(why);
        }
        String code = reply.subCode().substring(TRADE_CODE.length());
        if (FOR_NOW.contains(code)) {
            return new RefundResult.RefusedForNow(code, why);
        }
        return REFUSED.contains(code) || code.startsWith(OVERDRAFT)
                ? new RefundResult.Refused(code, why)
                : new RefundResult.Unknown(why);
    }

    /// `refund_fee` is the sum of all refunds of the trade, so it is this one's at least.
    private static RefundResult success(AlipayReply reply, RefundOrder order) {
        boolean ours = order.tradeNumber().value().equals(reply.text("out_trade_no"))
                && order.transactionId().value().equals(reply.text("trade_no"));
        if (!ours) {
            return new RefundResult.Unknown("the answer is about another order");
        }
        if (!reply.text("fund_change").equals("Y")) {
            return new RefundResult.Accepted();
        }
        try {
            return Money.parseYuan(reply.text("refund_fee")).minorUnits() < order.refund().minorUnits()
                    ? new RefundResult.Accepted()
                    : new RefundResult.Done(new RefundDetails(order.number().value(), order.refund(), order.refund(),
                            AlipayRefunding.time(reply)));
        } catch (IllegalArgumentException e) {
            return new RefundResult.Accepted();
        }
    }
}
