package dev.sluice.sandbox.alipay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.alipay.GatewayResult.Refusal;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.notification.Notifier;
import dev.sluice.sandbox.trade.CloseResult;
import dev.sluice.sandbox.trade.CodeResult;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.Trades;

/// `alipay.trade.precreate`, `query` and `close`, for calls that are verified. Until its code is scanned a trade does not exist.
@Component
record AlipayTrades(Trades trades, FaultInjection injection, Notifier notifier, PrecreateTerms terms) {
    private static final Map<String, String> NOTHING_PAID = Map.of(
            "total_amount", "0.00", "receipt_amount", "0.00", "buyer_pay_amount", "0.00", "point_amount", "0.00", "invoice_amount", "0.00");

    /// A QR code, and no trade until a wallet opens it.
    GatewayResult precreate(BizContent content) {
        String number = content.number();
        Optional<Refusal> refusal = terms.refusal(content);
        if (refusal.isPresent()) {
            return GatewayResult.refused(number, refusal.get());
        }
        return switch (trades.issue(terms.of(content))) {
            case CodeResult.Issued(var code) -> GatewayResult.done(number, Map.of("qr_code", code.text()));
            case CodeResult.AlreadyPaid() -> refused(number, "ACQ.TRADE_HAS_SUCCESS", "交易已被支付");
            case CodeResult.Closed() -> refused(number, "ACQ.TRADE_HAS_CLOSE", "交易已经关闭");
            case CodeResult.OtherTerms() -> refused(number, "ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改");
            case CodeResult.Full() -> GatewayResult.refused(number, Refusal.unavailable("系统繁忙"));
        };
    }

    GatewayResult query(BizContent content) {
        return find(content)
                .map(trade -> GatewayResult.done(trade.number(), described(injection.reported(trade))))
                // In refusals too, as in reality: a merchant that compares amounts before codes compares these.
                .orElseGet(() -> missing(content).with(NOTHING_PAID));
    }

    /// The trade can no longer be paid, and the merchant is notified too.
    ///
    /// For a trade that is closed already the documentation leaves a choice of codes; `ACQ.REASON_ILLEGAL_STATUS` distinguishes it from
    /// a paid one here, though in reality neither code proves a payment.
    GatewayResult close(BizContent content) {
        Optional<Trade> trade = find(content);
        String number = trade.map(Trade::number).orElse("");
        return switch (trades.close(new TradeKey(Provider.ALIPAY, number), injection.has(number, Fault.CLOSED_BUT_PAYABLE))) {
            case CloseResult.Closed(var closed) -> {
                notifier.notifyOf(closed);
                yield GatewayResult.done(number, Map.of("trade_no", closed.transactionId()));
            }
            case CloseResult.Unknown() -> missing(content);
            case CloseResult.AlreadyPaid() -> refused(number, "ACQ.REASON_TRADE_STATUS_INVALID", "交易状态异常");
            case CloseResult.AlreadyClosed() -> refused(number, "ACQ.REASON_ILLEGAL_STATUS", "交易状态异常");
        };
    }

    /// By Alipay's number or the merchant's; where both are given, Alipay's decides.
    private Optional<Trade> find(BizContent content) {
        String tradeNo = content.text("trade_no");
        return tradeNo.isEmpty()
                ? trades.find(new TradeKey(Provider.ALIPAY, content.number()))
                : trades.findTransaction(Provider.ALIPAY, tradeNo);
    }

    private static GatewayResult missing(BizContent content) {
        return content.number().isEmpty() && content.text("trade_no").isEmpty()
                ? refused("", "ACQ.INVALID_PARAMETER", "参数无效：out_trade_no")
                : refused(content.number(), "ACQ.TRADE_NOT_EXIST", "交易不存在");
    }

    private static GatewayResult refused(String number, String subCode, String subMsg) {
        return GatewayResult.refused(number, Refusal.business(subCode, subMsg));
    }

    private record FundBill(@JsonProperty("fund_channel") String channel, String amount) {}

    private static Map<String, Object> described(Trade trade) {
        Map<String, Object> node = new HashMap<>(NOTHING_PAID);
        node.put("buyer_user_id", AlipayTradeNotification.BUYER_ID);
        node.putAll(AlipayTradeNotification.described(trade));
        Trade.Payment payment = trade.payment();
        if (payment != null) {
            node.put("send_pay_date", BeijingTime.SPACED.write(payment.at()));
            node.put("fund_bill_list", List.of(new FundBill("ALIPAYACCOUNT", AlipayTradeNotification.yuan(trade))));
        }
        return node;
    }
}
