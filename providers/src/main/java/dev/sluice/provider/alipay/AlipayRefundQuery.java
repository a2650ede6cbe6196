package dev.sluice.provider.alipay;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;

import com.alipay.api.domain.AlipayTradeFastpayRefundQueryModel;
import com.alipay.api.request.AlipayTradeFastpayRefundQueryRequest;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.payment.RefundState;

/// `alipay.trade.fastpay.refund.query`: answers about one refund, by its number. Without `refund_status` Alipay does not know the
/// refund. As a notification named it, the state is unknown then.
///
/// Source: opendocs.alipay.com, `alipay.trade.fastpay.refund.query`
final class AlipayRefundQuery implements RefundQuery {
    private static final Set<String> FOREIGN = Set.of("trade_status", "qr_code", "send_pay_date");

    private final AlipayClient client;

    AlipayRefundQuery(AlipayClient client) {
        this.client = client;
    }

    @Override
    public ProviderResponse<RefundState> query(TradeNumber tradeNumber, Money paid, List<String> refunds) {
        var bodies = new ByteArrayOutputStream();
        long fen = 0;
        for (String refund : refunds) {
            ProviderReply<AlipayReply> reply = ask(tradeNumber, refund);
            bodies.writeBytes(reply.body());
            try {
                fen = Math.addExact(fen, refunded(reply, tradeNumber, refund));
            } catch (IllegalArgumentException | ArithmeticException e) {
                return new ProviderResponse<>(new RefundState.Unknown(String.valueOf(e.getMessage())), bodies.toByteArray());
            }
        }
        return new ProviderResponse<>(RefundState.after(fen, paid), bodies.toByteArray());
    }

    private ProviderReply<AlipayReply> ask(TradeNumber tradeNumber, String refund) {
        var model = new AlipayTradeFastpayRefundQueryModel();
        model.setOutTradeNo(tradeNumber.value());
        model.setOutRequestNo(refund);
        var request = new AlipayTradeFastpayRefundQueryRequest();
        request.setBizModel(model);
        return client.call(request, FOREIGN);
    }

    /// In fen.
    ///
    /// @throws IllegalArgumentException when the reply is not about this refund. One about a refund that Alipay does not know names neither
    ///                                  it nor a status
    private static long refunded(ProviderReply<AlipayReply> reply, TradeNumber tradeNumber, String refund) {
        return switch (reply) {
            case ProviderReply.Unknown<AlipayReply> unknown -> throw new IllegalArgumentException(unknown.why());
            case ProviderReply.Signed<AlipayReply>(var answer, var _) -> {
                if (!answer.isSuccess()) {
                    throw new IllegalArgumentException(answer.refusal());
                }
                if (answer.text("refund_status").isEmpty()) {
                    throw new IllegalArgumentException("Alipay does not know a refund that was notified");
                }
                if (!answer.text("refund_status").equals("REFUND_SUCCESS") || !tradeNumber.value().equals(answer.text("out_trade_no"))
                        || !refund.equals(answer.text("out_request_no"))) {
                    throw new IllegalArgumentException("the answer is about another refund");
                }
                long fen = Money.parseYuan(answer.text("refund_amount")).minorUnits();
                if (fen == 0) {
                    throw new IllegalArgumentException("nothing was refunded by a refund that was notified");
                }
                yield fen;
            }
        };
    }
}
