package dev.sluice.sandbox.wechat;

import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.Trades;

/// `orderquery`: where an order stands. One whose time is over is still `NOTPAY`: only the merchant closes orders here.
@Component
final class OrderQuery implements WechatOperation {
    private static final Logger LOG = LoggerFactory.getLogger(OrderQuery.class);

    private final Trades trades;
    private final FaultInjection faults;
    private final WechatAnswers answers;

    OrderQuery(Trades trades, FaultInjection faults, WechatAnswers answers) {
        this.trades = trades;
        this.faults = faults;
        this.answers = answers;
    }

    @Override
    public WechatReply answer(Map<String, String> fields) {
        String transactionId = fields.getOrDefault("transaction_id", "");
        String number = fields.getOrDefault("out_trade_no", "");
        if (transactionId.isEmpty() && number.isEmpty()) {
            return refuse(fields, WechatError.LACK_PARAMS.because("out_trade_no"));
        }
        Optional<Trade> trade = transactionId.isEmpty()
                ? trades.find(new TradeKey(Provider.WECHAT, number))
                // No transaction has a number yet that a payer has not made.
                : trades.findTransaction(Provider.WECHAT, transactionId).filter(Trade::paid);
        if (trade.isEmpty()) {
            return refuse(fields, WechatError.ORDERNOTEXIST.plainly());
        }
        LOG.info("{} wechat query: {}", trade.get().number(), trade.get().status());
        return answers.described(fields, faults.reported(trade.get()));
    }

    private WechatReply refuse(Map<String, String> fields, WechatRefusal refusal) {
        String number = fields.getOrDefault("out_trade_no", "");
        LOG.info("{} wechat query refused: {}", OrderRules.isTradeNumber(number) ? number : "-", refusal.error());
        return answers.refused(fields, refusal);
    }
}
