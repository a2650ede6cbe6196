package dev.sluice.sandbox.alipay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.Payment;
import dev.sluice.sandbox.trade.Trade;

/// `alipay.trade.query`: where a trade stands. Until its code is scanned there is none.
@Component
final class TradeQuery implements GatewayMethod {
    private static final Logger LOG = LoggerFactory.getLogger(TradeQuery.class);
    private static final List<String> AMOUNTS = List.of(
            "total_amount", "receipt_amount", "buyer_pay_amount", "point_amount", "invoice_amount");

    private final NamedTrades trades;
    private final FaultInjection faults;

    TradeQuery(NamedTrades trades, FaultInjection faults) {
        this.trades = trades;
        this.faults = faults;
    }

    @Override
    public String name() {
        return "alipay.trade.query";
    }

    @Override
    public GatewayResult call(Map<String, String> parameters) {
        return switch (trades.find(parameters)) {
            case Naming.Found(var trade) -> {
                String number = trade.number();
                LOG.info("{} alipay query: {}", number, trade.status());
                yield new GatewayResult.Done(number, node(faults.reported(trade)));
            }
            case Naming.Unknown(var number) -> {
                LOG.info("{} alipay query: no such trade", PrecreateRules.isTradeNumber(number) ? number : "-");
                yield new GatewayResult.Refused(number, GatewayRefusal.noTrade(), nothingPaid());
            }
            case Naming.Invalid(var refusal) -> {
                LOG.info("- alipay query refused: {}", refusal.subCode());
                yield new GatewayResult.Refused("", refusal, nothingPaid());
            }
        };
    }

    private static Map<String, Object> node(Trade trade) {
        Map<String, Object> node = nothingPaid();
        node.put("buyer_logon_id", Buyer.LOGON_ID);
        node.put("buyer_user_id", Buyer.USER_ID);
        node.put("out_trade_no", trade.number());
        node.put("trade_no", trade.transactionId());
        node.put("trade_status", WireStatus.of(trade));
        node.put("total_amount", Yuan.of(trade));
        Payment payment = trade.payment();
        if (payment != null) {
            String yuan = Yuan.of(trade);
            node.put("receipt_amount", yuan);
            node.put("buyer_pay_amount", yuan);
            node.put("invoice_amount", yuan);
            node.put("send_pay_date", BeijingTime.SPACED.write(payment.at()));
            node.put("fund_bill_list", List.of(new FundBill("ALIPAYACCOUNT", yuan)));
        }
        return node;
    }

    /// In refusals too, as in reality: whoever compares amounts before codes compares these.
    private static Map<String, Object> nothingPaid() {
        Map<String, Object> amounts = new LinkedHashMap<>();
        AMOUNTS.forEach(name -> amounts.put(name, Yuan.ZERO));
        return amounts;
    }

    private record FundBill(@JsonProperty("fund_channel") String channel, String amount) {}
}
