package dev.sluice.sandbox.alipay;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.alipay.GatewayResult.Refusal;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.refund.Refunds;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Refund;
import dev.sluice.sandbox.trade.RefundRequest;
import dev.sluice.sandbox.trade.RefundResult;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.Trades;

/// `alipay.trade.refund` and `alipay.trade.fastpay.refund.query`, for calls that are verified.
@Component
record AlipayRefunds(Trades trades, Refunds refunds, FaultInjection injection) {
    /// Between two refunds of one trade.
    static final Duration APART = Duration.ofSeconds(3);

    private static final Pattern REFUND_NUMBER = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    private static final Pattern YUAN = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,2})?");

    /// The trade's refund of the number; of all of it, when none is named.
    GatewayResult refund(BizContent content) {
        Optional<Trade> trade = find(content);
        if (trade.isEmpty()) {
            return refused(content.number(), "ACQ.TRADE_NOT_EXIST", "交易不存在");
        }
        String number = trade.get().number();
        String amount = content.text("refund_amount");
        if (!YUAN.matcher(amount).matches() || new BigDecimal(amount).signum() == 0) {
            return refused(number, "ACQ.INVALID_PARAMETER", "参数无效：refund_amount");
        }
        if (!trade.get().paid()) {
            return refused(number, "ACQ.TRADE_STATUS_ERROR", "交易状态不合法");
        }
        long fen = new BigDecimal(amount).movePointRight(2).longValueExact();
        String refundNumber = content.text("out_request_no");
        if (refundNumber.isEmpty() && fen != trade.get().terms().fen()) {
            return refused(number, "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额与总金额不一致");
        }
        if (!refundNumber.isEmpty() && !REFUND_NUMBER.matcher(refundNumber).matches()) {
            return refused(number, "ACQ.INVALID_PARAMETER", "参数无效：out_request_no");
        }
        // Without a number of its own Alipay knows the refund by the trade's.
        var wanted = new RefundRequest(refundNumber.isEmpty() ? number : refundNumber, fen, content.text("refund_reason"),
                Refund.Source.API);
        return answer(number, refunds.request(refunds.current(trade.get()), wanted, APART));
    }

    private GatewayResult answer(String number, Refunds.Answer answer) {
        return switch (answer) {
            case Refunds.Answer.SystemError() -> GatewayResult.refused(number, Refusal.unavailable("系统繁忙"));
            case Refunds.Answer.BalanceTooSmall() -> refused(number, "ACQ.SELLER_BALANCE_NOT_ENOUGH", "卖家余额不足");
            case Refunds.Answer.TooSoon() -> GatewayResult.refused(number, Refusal.unavailable("系统繁忙"));
            case Refunds.Answer.Decided(var result) -> switch (result) {
                case RefundResult.Made(var trade, var refund) -> refunded(trade, refund, isShownAsChange(number, refund));
                case RefundResult.Repeated(var trade, var refund) -> refunded(trade, refund, false);
                case RefundResult.OtherAmount() -> refused(number, "ACQ.DISCORDANT_REPEAT_REQUEST", "不一致的请求");
                case RefundResult.MoreThanLeft() -> refused(number, "ACQ.REASON_TRADE_REFUND_FEE_ERR", "退款金额无效");
                case RefundResult.TooMany() -> refused(number, "ACQ.TRADE_NOT_ALLOW_REFUND", "当前交易不允许退款");
                case RefundResult.NotPaid() -> refused(number, "ACQ.TRADE_STATUS_ERROR", "交易状态不合法");
            };
        };
    }

    private boolean isShownAsChange(String number, Refund refund) {
        return refund.state() != Refund.State.PROCESSING && !injection.has(number, Fault.REFUND_WITHOUT_FUND_CHANGE);
    }

    /// `refund_fee` is the sum of all refunds of the trade.
    private static GatewayResult refunded(Trade trade, Refund refund, boolean change) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("trade_no", trade.transactionId());
        node.put("buyer_logon_id", "snb***@sandbox.com");
        node.put("buyer_user_id", AlipayTradeNotification.BUYER_ID);
        node.put("fund_change", change ? "Y" : "N");
        node.put("refund_fee", yuan(trade.refundedFen()));
        node.put("send_back_fee", "0.00");
        if (refund.endedAt() != null) {
            node.put("gmt_refund_pay", BeijingTime.SPACED.write(Objects.requireNonNull(refund.endedAt())));
        }
        return GatewayResult.done(trade.number(), node);
    }

    /// A refund that Alipay does not know is answered with success and without data.
    GatewayResult query(BizContent content) {
        Optional<Trade> trade = find(content);
        if (trade.isEmpty()) {
            return refused(content.number(), "ACQ.TRADE_NOT_EXIST", "交易不存在");
        }
        String number = content.text("out_request_no");
        return refunds.current(trade.get()).refund(number).filter(refund -> refund.state() == Refund.State.SUCCESS)
                .map(refund -> described(trade.get(), refund))
                .orElseGet(() -> new GatewayResult(trade.get().number(), true,
                        new LinkedHashMap<>(Map.of("code", "10000", "msg", "Success"))));
    }

    private static GatewayResult described(Trade trade, Refund refund) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("trade_no", trade.transactionId());
        node.put("out_request_no", refund.number());
        node.put("refund_amount", yuan(refund.fen()));
        node.put("total_amount", AlipayTradeNotification.yuan(trade));
        node.put("refund_status", "REFUND_SUCCESS");
        node.put("gmt_refund_pay", BeijingTime.SPACED.write(Objects.requireNonNull(refund.endedAt(), "it succeeded")));
        return GatewayResult.done(trade.number(), node);
    }

    private Optional<Trade> find(BizContent content) {
        String tradeNo = content.text("trade_no");
        return tradeNo.isEmpty()
                ? trades.find(new TradeKey(Provider.ALIPAY, content.number()))
                : trades.findTransaction(Provider.ALIPAY, tradeNo);
    }

    static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static GatewayResult refused(String number, String subCode, String subMsg) {
        return GatewayResult.refused(number, Refusal.business(subCode, subMsg));
    }
}
