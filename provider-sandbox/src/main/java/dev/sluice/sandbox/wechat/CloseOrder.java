package dev.sluice.sandbox.wechat;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.CloseResult;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.TradeStatus;
import dev.sluice.sandbox.trade.Trades;

/// `closeorder`: nobody can pay the order any more, scanned or not.
///
/// The documentation forbids closing in the first five minutes, but not what then happens ("can fail"). Here it fails with
/// `TRADE_STATE_ERROR`, which is among the documented errors and, unlike `SYSTEMERROR`, does not invite to try again at once.
@Component
final class CloseOrder implements WechatOperation {
    /// How old an unpaid order has to be.
    static final Duration MIN_AGE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(CloseOrder.class);

    private final Trades trades;
    private final FaultInjection faults;
    private final WechatAnswers answers;
    private final Clock clock;
    private final TimeScale timeScale;

    CloseOrder(Trades trades, FaultInjection faults, WechatAnswers answers, Clock clock, TimeScale timeScale) {
        this.trades = trades;
        this.faults = faults;
        this.answers = answers;
        this.clock = clock;
        this.timeScale = timeScale;
    }

    @Override
    public WechatReply answer(Map<String, String> fields) {
        String number = fields.getOrDefault("out_trade_no", "");
        if (number.isEmpty()) {
            return refuse(fields, WechatError.LACK_PARAMS.because("out_trade_no"));
        }
        var key = new TradeKey(Provider.WECHAT, number);
        if (trades.find(key).filter(this::young).isPresent()) {
            return refuse(fields, WechatError.TRADE_STATE_ERROR.because("订单生成后不足5分钟，不能关闭"));
        }
        boolean payable = faults.has(number, Fault.CLOSED_BUT_PAYABLE);
        return switch (trades.close(key, payable)) {
            case CloseResult.Closed(var trade) -> {
                LOG.info("{} wechat order closed", trade.number());
                yield answers.closed(fields);
            }
            case CloseResult.Unknown() -> refuse(fields, WechatError.ORDERNOTEXIST.plainly());
            case CloseResult.AlreadyPaid() -> refuse(fields, WechatError.ORDERPAID.plainly());
            case CloseResult.AlreadyClosed() -> refuse(fields, WechatError.ORDERCLOSED.plainly());
        };
    }

    private boolean young(Trade trade) {
        return trade.status() == TradeStatus.UNPAID
                && clock.instant().isBefore(trade.createdAt().plus(timeScale.shorten(MIN_AGE)));
    }

    private WechatReply refuse(Map<String, String> fields, WechatRefusal refusal) {
        String number = fields.getOrDefault("out_trade_no", "");
        LOG.info("{} wechat close refused: {}", OrderRules.isTradeNumber(number) ? number : "-", refusal.error());
        return answers.refused(fields, refusal);
    }
}
