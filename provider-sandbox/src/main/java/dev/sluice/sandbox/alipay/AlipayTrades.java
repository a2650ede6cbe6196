package dev.sluice.sandbox.alipay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.alipay.GatewayResult.Refusal;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.notification.Notifier;
import dev.sluice.sandbox.trade.CloseResult;
import dev.sluice.sandbox.trade.Payment;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.Trades;

/// `alipay.trade.query` and `alipay.trade.close`. Until its code is scanned a trade does not exist.
@Component
final class AlipayTrades {
    private static final Logger LOG = LoggerFactory.getLogger(AlipayTrades.class);
    private static final List<String> AMOUNTS = List.of(
            "total_amount", "receipt_amount", "buyer_pay_amount", "point_amount", "invoice_amount");

    private final Trades trades;
    private final FaultInjection injection;
    private final Notifier notifier;

    AlipayTrades(Trades trades, FaultInjection injection, Notifier notifier) {
        this.trades = trades;
        this.injection = injection;
        this.notifier = notifier;
    }

    GatewayResult query(Map<String, String> call) {
        return switch (TradeLookup.in(trades, call)) {
            case TradeLookup.Found(var trade) -> {
                LOG.info("{} alipay query: {}", trade.number(), trade.status());
                yield new GatewayResult.Done(trade.number(), described(injection.reported(trade)));
            }
            case TradeLookup.Missing(var number, var refusal) -> new GatewayResult.Refused(number, refusal, nothingPaid());
        };
    }

    /// The trade can no longer be paid, and the merchant is notified too.
    ///
    /// For a trade that is closed already the documentation leaves a choice of codes; `ACQ.REASON_ILLEGAL_STATUS` distinguishes it from
    /// a paid one here, though in reality neither code proves a payment.
    GatewayResult close(Map<String, String> call) {
        return switch (TradeLookup.in(trades, call)) {
            case TradeLookup.Found(var trade) -> close(trade);
            case TradeLookup.Missing(var number, var refusal) -> new GatewayResult.Refused(number, refusal);
        };
    }

    private GatewayResult close(Trade trade) {
        String number = trade.number();
        return switch (trades.close(trade.key(), injection.has(number, Fault.CLOSED_BUT_PAYABLE))) {
            case CloseResult.Closed(var closed) -> {
                LOG.info("{} alipay trade closed", number);
                notifier.notifyOf(closed);
                yield new GatewayResult.Done(number, numbers(closed));
            }
            case CloseResult.Unknown() -> throw new IllegalStateException(number + " was found and is unknown");
            case CloseResult.AlreadyPaid() -> refused(number, "ACQ.REASON_TRADE_STATUS_INVALID");
            case CloseResult.AlreadyClosed() -> refused(number, "ACQ.REASON_ILLEGAL_STATUS");
        };
    }

    private static GatewayResult refused(String number, String subCode) {
        return new GatewayResult.Refused(number, Refusal.business(subCode, "交易状态异常"));
    }

    private static Map<String, Object> described(Trade trade) {
        Map<String, Object> node = nothingPaid();
        node.put("buyer_logon_id", AlipayTradeNotification.BUYER_LOGON_ID);
        node.put("buyer_user_id", AlipayTradeNotification.BUYER_ID);
        node.putAll(numbers(trade));
        node.put("trade_status", AlipayTradeNotification.status(trade));
        String yuan = AlipayTradeNotification.yuan(trade);
        node.put("total_amount", yuan);
        Payment payment = trade.payment();
        if (payment != null) {
            node.put("receipt_amount", yuan);
            node.put("buyer_pay_amount", yuan);
            node.put("invoice_amount", yuan);
            node.put("send_pay_date", BeijingTime.SPACED.write(payment.at()));
            node.put("fund_bill_list", List.of(new FundBill("ALIPAYACCOUNT", yuan)));
        }
        return node;
    }

    private static Map<String, Object> numbers(Trade trade) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("out_trade_no", trade.number());
        node.put("trade_no", trade.transactionId());
        return node;
    }

    /// In refusals too, as in reality: a merchant that compares amounts before codes compares these.
    private static Map<String, Object> nothingPaid() {
        Map<String, Object> amounts = new LinkedHashMap<>();
        AMOUNTS.forEach(name -> amounts.put(name, AlipayTradeNotification.ZERO_YUAN));
        return amounts;
    }

    private record FundBill(@JsonProperty("fund_channel") String channel, String amount) {}
}
