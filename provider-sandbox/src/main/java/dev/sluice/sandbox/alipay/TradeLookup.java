package dev.sluice.sandbox.alipay;

import java.util.Map;
import java.util.Optional;

import dev.sluice.sandbox.alipay.GatewayResult.Refusal;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.Trades;

/// The trade that a call names, by Alipay's number or the merchant's; where both are given, Alipay's decides.
sealed interface TradeLookup {

    /// The trade as it is now.
    record Found(Trade trade) implements TradeLookup {}

    /// No such trade, perhaps because its code was not scanned yet.
    ///
    /// @param number the merchant's; empty if the call names no trade
    record Missing(String number, Refusal refusal) implements TradeLookup {}

    static TradeLookup in(Trades trades, Map<String, String> call) {
        Optional<BizContent> content = BizContent.in(call);
        if (content.isEmpty()) {
            return new Missing("", BizContent.UNREADABLE);
        }
        String number = content.get().text("out_trade_no");
        String tradeNo = content.get().text("trade_no");
        if (number.isEmpty() && tradeNo.isEmpty()) {
            return new Missing("", Refusal.business("ACQ.INVALID_PARAMETER", "参数无效：out_trade_no"));
        }
        Optional<Trade> trade = tradeNo.isEmpty()
                ? trades.find(new TradeKey(Provider.ALIPAY, number))
                : trades.findTransaction(Provider.ALIPAY, tradeNo);
        return trade.<TradeLookup>map(Found::new).orElseGet(() -> new Missing(number, Refusal.business("ACQ.TRADE_NOT_EXIST", "交易不存在")));
    }
}
