package dev.sluice.sandbox.alipay;

import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.notification.Notifier;
import dev.sluice.sandbox.trade.CloseResult;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.Trades;

/// `alipay.trade.close`: nobody can pay the trade any more, and the merchant is told so by a notification as well.
///
/// For a trade that is closed already the documentation leaves a choice of codes; `ACQ.REASON_ILLEGAL_STATUS` keeps it apart from a
/// paid one here, though in reality neither code proves a payment.
@Component
final class TradeClose implements GatewayMethod {
    private static final Logger LOG = LoggerFactory.getLogger(TradeClose.class);

    private final NamedTrades named;
    private final Trades trades;
    private final FaultInjection faults;
    private final Notifier notifier;

    TradeClose(NamedTrades named, Trades trades, FaultInjection faults, Notifier notifier) {
        this.named = named;
        this.trades = trades;
        this.faults = faults;
        this.notifier = notifier;
    }

    @Override
    public String name() {
        return "alipay.trade.close";
    }

    @Override
    public GatewayResult call(Map<String, String> parameters) {
        return switch (named.find(parameters)) {
            case Naming.Found(var trade) -> close(trade.key());
            case Naming.Unknown(var number) -> refused(number, GatewayRefusal.noTrade());
            case Naming.Invalid(var refusal) -> refused("", refusal);
        };
    }

    private GatewayResult close(TradeKey key) {
        boolean payable = faults.has(key.number(), Fault.CLOSED_BUT_PAYABLE);
        return switch (trades.close(key, payable)) {
            case CloseResult.Closed(var trade) -> {
                LOG.info("{} alipay trade closed", key.number());
                notifier.notifyOf(trade);
                yield new GatewayResult.Done(key.number(), node(trade));
            }
            case CloseResult.Unknown() -> refused(key.number(), GatewayRefusal.noTrade());
            case CloseResult.AlreadyPaid() ->
                refused(key.number(), GatewayRefusal.business("ACQ.REASON_TRADE_STATUS_INVALID", "交易状态异常"));
            case CloseResult.AlreadyClosed() -> refused(key.number(), GatewayRefusal.business("ACQ.REASON_ILLEGAL_STATUS", "交易状态异常"));
        };
    }

    private static Map<String, Object> node(Trade trade) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("out_trade_no", trade.number());
        node.put("trade_no", trade.transactionId());
        return node;
    }

    private static GatewayResult refused(String number, GatewayRefusal refusal) {
        LOG.info("{} alipay close refused: {}", PrecreateRules.isTradeNumber(number) ? number : "-", refusal.subCode());
        return new GatewayResult.Refused(number, refusal);
    }
}
