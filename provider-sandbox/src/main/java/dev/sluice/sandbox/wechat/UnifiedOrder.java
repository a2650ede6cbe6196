package dev.sluice.sandbox.wechat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.trade.CodeResult;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.TradeTerms;
import dev.sluice.sandbox.trade.Trades;

/// `unifiedorder`: an order, and a code to pay it with.
@Component
final class UnifiedOrder implements WechatOperation {
    /// How long a code can be scanned.
    static final Duration CODE_LIFE = Duration.ofHours(2);

    private static final Logger LOG = LoggerFactory.getLogger(UnifiedOrder.class);

    private final OrderRules rules;
    private final Trades trades;
    private final WechatAnswers answers;
    private final Clock clock;
    private final TimeScale timeScale;

    UnifiedOrder(OrderRules rules, Trades trades, WechatAnswers answers, Clock clock, TimeScale timeScale) {
        this.rules = rules;
        this.trades = trades;
        this.answers = answers;
        this.clock = clock;
        this.timeScale = timeScale;
    }

    @Override
    public WechatReply answer(Map<String, String> fields) {
        Optional<WechatRefusal> refusal = rules.refusal(fields);
        if (refusal.isPresent()) {
            return refuse(fields, refusal.get());
        }
        return switch (trades.issue(terms(fields))) {
            case CodeResult.Issued(var code) -> {
                LOG.info("{} wechat order: code issued", code.key().number());
                yield answers.accepted(fields, code);
            }
            case CodeResult.AlreadyPaid() -> refuse(fields, WechatError.ORDERPAID.plainly());
            case CodeResult.Closed() -> refuse(fields, WechatError.ORDERCLOSED.plainly());
            case CodeResult.OtherTerms() -> refuse(fields, WechatError.INVALID_REQUEST.because("重入时参数与原请求不一致"));
            case CodeResult.Full() -> refuse(fields, WechatError.SYSTEMERROR.plainly());
        };
    }

    private TradeTerms terms(Map<String, String> fields) {
        // Everything that was sent has to be sent again for a second code, except what differs in any two requests.
        Map<String, String> terms = new HashMap<>(fields);
        terms.remove("nonce_str");
        terms.remove("sign");
        Instant codeEnd = clock.instant().plus(timeScale.shorten(CODE_LIFE));
        Instant until = BeijingTime.COMPACT
                .read(fields.getOrDefault("time_expire", ""))
                .filter(codeEnd::isAfter)
                .orElse(codeEnd);
        return new TradeTerms(
                new TradeKey(Provider.WECHAT, checked(fields, "out_trade_no")),
                Long.parseLong(checked(fields, "total_fee")),
                checked(fields, "body"),
                checked(fields, "mch_id"),
                URI.create(checked(fields, "notify_url")),
                terms,
                until,
                null);
    }

    private static String checked(Map<String, String> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    private WechatReply refuse(Map<String, String> fields, WechatRefusal refusal) {
        String number = fields.getOrDefault("out_trade_no", "");
        LOG.info("{} wechat order refused: {}", OrderRules.isTradeNumber(number) ? number : "-", refusal.error());
        return answers.refused(fields, refusal);
    }
}
