package dev.sluice.provider.alipay;

import java.time.Duration;

import com.alipay.api.domain.AlipayTradeCloseModel;
import com.alipay.api.request.AlipayTradeCloseRequest;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.Closing;
import dev.sluice.provider.Heard;
import dev.sluice.provider.OrderClosing;

/// `alipay.trade.close`, and never `alipay.trade.cancel`, which gives the money back.
///
/// Source: opendocs.alipay.com, `alipay.trade.close`
public final class AlipayOrderClosing implements OrderClosing {
    /// Of a `qr_code`, whatever the order says. No trade exists before it is scanned.
    private static final Duration CODE_LIFE = Duration.ofHours(2);

    private final AlipayCaller caller;

    /// Closes orders of the given account.
    ///
    /// @throws IllegalStateException when Alipay's SDK does not take it
    public AlipayOrderClosing(AlipayMerchant merchant) {
        this.caller = new AlipayCaller(merchant);
    }

    @Override
    public Duration notBefore() {
        return Duration.ZERO;
    }

    @Override
    public Duration payableUnknown() {
        return CODE_LIFE;
    }

    @Override
    public Heard<Closing> close(TradeNumber tradeNumber) {
        var model = new AlipayTradeCloseModel();
        model.setOutTradeNo(tradeNumber.value());
        var request = new AlipayTradeCloseRequest();
        request.setBizModel(model);
        var answer = caller.call(request);
        return new Heard<>(switch (answer) {
            case AlipayCaller.Answer.Signed signed -> understand(signed, tradeNumber);
            case AlipayCaller.Answer.Unknown unknown -> new Closing.Unknown(unknown.why());
        }, answer.body());
    }

    private static Closing understand(AlipayCaller.Answer.Signed answer, TradeNumber asked) {
        if (answer.code().equals("10000")) {
            boolean ours = asked.value().equals(answer.text("out_trade_no"));
            return ours ? new Closing.Closed() : new Closing.Unknown("the answer is about another order");
        }
        if (!answer.code().equals("40004")) {
            return new Closing.Unknown(answer.words());
        }
        return switch (answer.subCode()) {
            case "ACQ.REASON_TRADE_STATUS_INVALID" -> new Closing.AlreadyPaid();
            case "ACQ.TRADE_NOT_EXIST" -> new Closing.Absent();
            default -> new Closing.Unknown(answer.words());
        };
    }

    @Override
    public void close() {
        caller.close();
    }
}
