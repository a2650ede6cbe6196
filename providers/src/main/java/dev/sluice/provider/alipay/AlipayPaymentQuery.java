package dev.sluice.provider.alipay;

import java.time.Clock;
import java.time.DateTimeException;
import java.util.Set;

import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.request.AlipayTradeQueryRequest;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.PaidAtBasis;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.alipay.message.AlipayReply;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.wire.BeijingTime;

/// `alipay.trade.query`.
///
/// Source: opendocs.alipay.com, `alipay.trade.query`
final class AlipayPaymentQuery implements PaymentQuery {
    /// Fields that only answers to other questions have.
    static final Set<String> FOREIGN = Set.of("qr_code", "refund_status", "out_request_no");

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
        return caller.send(request, FOREIGN).response(reply -> understand(reply, tradeNumber), PaymentState.Unknown::new);
    }

    /// The code comes first: failures carry amounts of zero.
    private static PaymentState understand(AlipayReply reply, TradeNumber asked) {
        if (!reply.isSuccess() && reply.mayBeAbout(asked)) {
            return reply.isFailure("ACQ.TRADE_NOT_EXIST") ? new PaymentState.Absent() : new PaymentState.Unknown(reply.refusal());
        }
        if (!asked.value().equals(reply.text("out_trade_no"))) {
            return new PaymentState.Unknown("the answer is about another order");
        }
        String status = reply.text("trade_status");
        return switch (status) {
            case "TRADE_SUCCESS", "TRADE_FINISHED" -> paid(reply, status);
            case "WAIT_BUYER_PAY" -> new PaymentState.Unpaid(status);
            // Unpaid, or with all of it refunded, and then with a payment time. A partly refunded trade stays TRADE_SUCCESS.
            case "TRADE_CLOSED" -> reply.text("send_pay_date").isEmpty()
                    ? new PaymentState.Closed(status)
                    : new PaymentState.RefundedWhole(status + " after a payment");
            default -> new PaymentState.Unclear("trade_status " + (status.matches("[A-Z_]{1,32}") ? status : "missing"));
        };
    }

    private static PaymentState paid(AlipayReply reply, String status) {
        try {
            var transactionId = new TransactionId(reply.text("trade_no"));
            Money money = Money.parseYuan(reply.text("total_amount"));
            String paidAt = reply.text("send_pay_date");
            return paidAt.isEmpty()
                    ? new PaymentState.Paid(transactionId, money, Clock.systemUTC().instant(), PaidAtBasis.RECEIPT)
                    : new PaymentState.Paid(transactionId, money, BeijingTime.SPACED.read(paidAt));
        } catch (IllegalArgumentException | DateTimeException e) {
            return new PaymentState.Unclear(status + " without a usable amount, number or time");
        }
    }
}
