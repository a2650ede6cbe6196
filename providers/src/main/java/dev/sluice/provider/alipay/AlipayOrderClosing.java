package dev.sluice.provider.alipay;

import java.time.Duration;
import java.util.Set;

import com.alipay.api.domain.AlipayTradeCloseModel;
import com.alipay.api.request.AlipayTradeCloseRequest;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.alipay.message.AlipayReply;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.OrderClosing;
import dev.sluice.provider.payment.ProviderResponse;

/// `alipay.trade.close`, and never `alipay.trade.cancel`, which gives the money back.
///
/// Source: opendocs.alipay.com, `alipay.trade.close`
final class AlipayOrderClosing implements OrderClosing {
    /// Of a `qr_code`, whatever the order's expiry is. The trade exists only after the scan.
    private static final Duration CODE_LIFE = Duration.ofHours(2);

    private static final Set<String> FOREIGN = Set.of("trade_status", "qr_code", "total_amount", "send_pay_date", "refund_status",
            "out_request_no");

    private final AlipayClient caller;

    AlipayOrderClosing(AlipayClient caller) {
        this.caller = caller;
    }

    @Override
    public Duration minimumOrderAge() {
        return Duration.ZERO;
    }

    @Override
    public Duration codeLifetimeAfterExpiry() {
        return CODE_LIFE;
    }

    @Override
    public ProviderResponse<CloseResult> close(TradeNumber tradeNumber) {
        var model = new AlipayTradeCloseModel();
        model.setOutTradeNo(tradeNumber.value());
        var request = new AlipayTradeCloseRequest();
        request.setBizModel(model);
        return caller.send(request, FOREIGN).response(reply -> understand(reply, tradeNumber), CloseResult.Unknown::new);
    }

    private static CloseResult understand(AlipayReply reply, TradeNumber asked) {
        if (reply.isSuccess()) {
            boolean ours = asked.value().equals(reply.text("out_trade_no"));
            return ours ? new CloseResult.Closed() : new CloseResult.Unknown("the answer is about another order");
        }
        if (!reply.mayBeAbout(asked)) {
            return new CloseResult.Unknown("the answer is about another order");
        }
        if (reply.isFailure("ACQ.REASON_TRADE_STATUS_INVALID")) {
            return new CloseResult.AlreadyPaid();
        }
        return reply.isFailure("ACQ.TRADE_NOT_EXIST") ? new CloseResult.Absent() : new CloseResult.Unknown(reply.refusal());
    }
}
