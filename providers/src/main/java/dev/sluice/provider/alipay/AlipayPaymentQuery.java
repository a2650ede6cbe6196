package dev.sluice.provider.alipay;

import java.time.DateTimeException;

import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.request.AlipayTradeQueryRequest;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.wire.BeijingTime;

/// `alipay.trade.query`.
///
/// Source: opendocs.alipay.com, `alipay.trade.query`
final class AlipayPaymentQuery implements PaymentQuery {
    private final AlipayClient caller;

    AlipayPaymentQuery(AlipayClient caller) {
        this.caller = caller;
    }

    @Override
    public ProviderResponse<PaymentState> query(TradeNumber tradeNumber) {
        var model = new AlipayTradeQueryModel();
        model.setOutTradeNo(tradeNumber.value());
        var request = new AlipayTradeQueryRequest();
        request.setBizModel(model);
        var answer = caller.call(request);
        return new ProviderResponse<>(switch (answer) {
            case AlipayClient.Answer.Signed signed -> understand(signed, tradeNumber);
            case AlipayClient.Answer.Unknown unknown -> new PaymentState.Unknown(unknown.why());
        }, answer.body());
    }

    /// The code comes first: failures carry amounts of zero.
    private static PaymentState understand(AlipayClient.Answer.Signed answer, TradeNumber asked) {
        if (!answer.code().equals("10000")) {
            boolean absent = answer.code().equals("40004") && answer.subCode().equals("ACQ.TRADE_NOT_EXIST");
            return absent ? new PaymentState.Absent() : new PaymentState.Unknown(answer.words());
        }
        if (!asked.value().equals(answer.text("out_trade_no"))) {
            return new PaymentState.Unknown("the answer is about another order");
        }
        String status = answer.text("trade_status");
        return switch (status) {
            case "TRADE_SUCCESS", "TRADE_FINISHED" -> paid(answer, status);
            case "WAIT_BUYER_PAY" -> new PaymentState.Unpaid(status);
            // Without money, or with all of it refunded, and then with a payment time. Either way no money remains to credit.
            case "TRADE_CLOSED" ->
                new PaymentState.Closed(answer.text("send_pay_date").isEmpty() ? status : status + ", paid and given back in full");
            default -> new PaymentState.Unclear("trade_status " + (status.matches("[A-Z_]{1,32}") ? status : "missing"));
        };
    }

    private static PaymentState paid(AlipayClient.Answer.Signed answer, String status) {
        try {
            return new PaymentState.Paid(
                    new TransactionId(answer.text("trade_no")),
                    Money.parseYuan(answer.text("total_amount")),
                    BeijingTime.SPACED.read(answer.text("send_pay_date")));
        } catch (IllegalArgumentException | DateTimeException e) {
            return new PaymentState.Unclear(status + " without a usable amount, number or time");
        }
    }
}
