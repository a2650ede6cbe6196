package dev.sluice.sandbox.alipay;

import java.util.Map;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.Trades;

/// Finds the trade that a query or a close names, by Alipay's number or the merchant's; where both are given, Alipay's decides.
@Component
final class NamedTrades {
    private final Trades trades;

    NamedTrades(Trades trades) {
        this.trades = trades;
    }

    Naming find(Map<String, String> parameters) {
        Optional<BizContent> content = BizContent.in(parameters);
        if (content.isEmpty()) {
            return new Naming.Invalid(GatewayRefusal.invalid("isv.invalid-parameter", "biz_content无效"));
        }
        String number = content.get().text("out_trade_no");
        String tradeNo = content.get().text("trade_no");
        if (number.isEmpty() && tradeNo.isEmpty()) {
            return new Naming.Invalid(GatewayRefusal.business("ACQ.INVALID_PARAMETER", "参数无效：out_trade_no"));
        }
        Optional<Trade> trade = tradeNo.isEmpty()
                ? trades.find(new TradeKey(Provider.ALIPAY, number))
                : trades.findTransaction(Provider.ALIPAY, tradeNo);
        return trade.<Naming>map(Naming.Found::new).orElseGet(() -> new Naming.Unknown(number));
    }
}
