package dev.sluice.provider.alipay;

import java.util.Set;

import com.alipay.api.domain.AlipayTradePrecreateModel;
import com.alipay.api.request.AlipayTradePrecreateRequest;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.alipay.message.AlipayReply;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrOrder;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.wire.BeijingTime;
import dev.sluice.provider.wire.ProviderText;
import dev.sluice.provider.wire.Subject;

/// Face-to-face payment of Alipay: `alipay.trade.precreate` gives the `qr_code` to show. No trade exists before it is scanned.
///
/// Source: opendocs.alipay.com, `alipay.trade.precreate`
final class AlipayQrPayment implements QrPayment {
    /// The refusals after which the same request may be tried again, or a trade may exist: Alipay is busy, or the number is paid or in use.
    /// Any other one is final.
    private static final Set<String> OPEN = Set.of("ACQ.SYSTEM_ERROR", "AQC.SYSTEM_ERROR", "ACQ.TRADE_HAS_SUCCESS",
            "ACQ.CONTEXT_INCONSISTENT", "isv.app-call-limited");
    /// No result, and too many calls.
    private static final Set<String> OPEN_CODES = Set.of("20000", "40005");
    /// Of the platform itself, and not of the request.
    private static final Set<String> OPEN_PREFIXES = Set.of("isp.", "aop.unknow", "aop.ACQ.SYSTEM_ERROR");

    private static final Set<String> FOREIGN = Set.of("trade_status", "total_amount", "send_pay_date", "refund_status", "out_request_no");

    private final Merchant merchant;
    private final AlipayClient caller;

    AlipayQrPayment(Merchant merchant, AlipayClient caller) {
        this.merchant = merchant;
        this.caller = caller;
    }

    @Override
    public ProviderResponse<QrAnswer> create(QrOrder order) {
        var model = new AlipayTradePrecreateModel();
        model.setOutTradeNo(order.tradeNumber().value());
        model.setTotalAmount(order.money().decimal());
        model.setSubject(Subject.clean(order.subject()));
        model.setSellerId(merchant.merchantId());
        model.setTimeExpire(BeijingTime.SPACED.write(order.expiresAt()));
        var request = new AlipayTradePrecreateRequest();
        request.setBizModel(model);
        request.setNotifyUrl(order.notifyUrl().toString());
        return caller.send(request, FOREIGN).response(reply -> understand(reply, order.tradeNumber()), QrAnswer.Unknown::new);
    }

    private static QrAnswer understand(AlipayReply reply, TradeNumber asked) {
        if (reply.isSuccess()) {
            String payUrl = reply.text("qr_code");
            boolean ours = asked.value().equals(reply.text("out_trade_no"));
            return payUrl.isEmpty() || !ours
                    ? new QrAnswer.Unknown("success without qr_code for our order")
                    : new QrAnswer.Ready(new PayAction.QrCode(payUrl));
        }
        if (!reply.mayBeAbout(asked)) {
            return new QrAnswer.Unknown("the answer is about another order");
        }
        return isFinal(reply)
                ? new QrAnswer.Refused(ProviderText.shown(reply.subCode() + " " + reply.text("sub_msg")))
                : new QrAnswer.Unknown(reply.refusal());
    }

    private static boolean isFinal(AlipayReply reply) {
        String subCode = reply.subCode();
        return !reply.code().isEmpty() && !subCode.isEmpty() && !OPEN_CODES.contains(reply.code()) && !OPEN.contains(subCode)
                && OPEN_PREFIXES.stream().noneMatch(subCode::startsWith);
    }
}
