package dev.sluice.provider.wechat.v2;

import java.time.Clock;
import java.time.DateTimeException;
import java.util.Map;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.PaidAtBasis;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.wechat.v2.message.WechatMoney;
import dev.sluice.provider.wire.BeijingTime;

/// `POST /pay/orderquery` of WeChat Pay v2.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant, "查询订单"
final class WechatPaymentQuery implements PaymentQuery {
    private final WechatClient client;

    WechatPaymentQuery(WechatClient client) {
        this.client = client;
    }

    @Override
    public ProviderResponse<PaymentState> query(TradeNumber tradeNumber) {
        return client.call(WechatOperation.QUERY, tradeNumber)
                .response(fields -> understand(fields, tradeNumber), PaymentState.Unknown::new);
    }

    private static PaymentState understand(Map<String, String> fields, TradeNumber asked) {
        if (!"SUCCESS".equals(fields.get("result_code"))) {
            boolean absent = "ORDERNOTEXIST".equals(fields.get("err_code"));
            return absent ? new PaymentState.Absent() : new PaymentState.Unknown(WechatClient.refusal(fields));
        }
        if (!asked.value().equals(fields.get("out_trade_no"))) {
            return new PaymentState.Unknown("the answer is about another order");
        }
        String state = fields.getOrDefault("trade_state", "");
        return switch (state) {
            case "SUCCESS", "REFUND" -> paid(fields, state);
            // Expired orders are NOTPAY, too, and another attempt may follow PAYERROR.
            case "NOTPAY", "USERPAYING", "ACCEPT", "PAYERROR" -> new PaymentState.Unpaid(state);
            case "CLOSED", "REVOKED" -> new PaymentState.Closed(state);
            default -> new PaymentState.Unclear("trade_state " + (state.matches("[A-Z_]{1,32}") ? state : "missing"));
        };
    }

    private static PaymentState paid(Map<String, String> fields, String state) {
        try {
            var transactionId = new TransactionId(fields.getOrDefault("transaction_id", ""));
            Money money = WechatMoney.of(fields);
            String time = fields.getOrDefault("time_end", "");
            var payment = time.isEmpty()
                    ? new PaymentState.Paid(transactionId, money, Clock.systemUTC().instant(), PaidAtBasis.RECEIPT)
                    : new PaymentState.Paid(transactionId, money, BeijingTime.COMPACT.read(time));
            // REFUND: it was paid, and a refund was requested since, of all of it or of a part.
            return state.equals("REFUND") ? new PaymentState.Refunded(payment) : payment;
        } catch (IllegalArgumentException | DateTimeException e) {
            // Besides the state, only SUCCESS guarantees the amount.
            return new PaymentState.Unclear(state + " without a usable amount, number or time");
        }
    }
}
