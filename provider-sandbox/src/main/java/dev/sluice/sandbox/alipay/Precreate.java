package dev.sluice.sandbox.alipay;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.alipay.GatewayResult.Refusal;
import dev.sluice.sandbox.trade.CodeResult;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.TradeTerms;
import dev.sluice.sandbox.trade.Trades;

/// `alipay.trade.precreate`: a QR code, and no trade until a wallet opens it.
@Component
final class Precreate {
    /// The longest life of a code.
    static final Duration CODE_LIFE = Duration.ofHours(2);
    /// The life of a trade without a timeout.
    static final Duration TRADE_LIFE = Duration.ofHours(3);

    /// What a scan fixes for the number, and what the notification repeats.
    private static final Set<String> BOUND = Set.of("total_amount", "subject", "body", "passback_params");

    private final Trades trades;
    private final String sellerId;
    private final Clock clock;
    private final TimeScale timeScale;
    private final PrecreateRules rules;

    Precreate(Trades trades, SandboxProperties properties, Clock clock, TimeScale timeScale) {
        this.trades = trades;
        sellerId = properties.alipay().sellerId();
        this.clock = clock;
        this.timeScale = timeScale;
        rules = new PrecreateRules(sellerId, clock);
    }

    GatewayResult call(BizContent content) {
        String number = content.number();
        Optional<Refusal> refusal = rules.refusal(content);
        if (refusal.isPresent()) {
            return GatewayResult.refused(number, refusal.get());
        }
        return switch (trades.issue(terms(content))) {
            case CodeResult.Issued(var code) -> GatewayResult.done(number, Map.of("qr_code", code.text()));
            case CodeResult.AlreadyPaid() -> refused(number, "ACQ.TRADE_HAS_SUCCESS", "交易已被支付");
            case CodeResult.Closed() -> refused(number, "ACQ.TRADE_HAS_CLOSE", "交易已经关闭");
            case CodeResult.OtherTerms() -> refused(number, "ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改");
            case CodeResult.Full() -> GatewayResult.refused(number, Refusal.unavailable("系统繁忙"));
        };
    }

    private static GatewayResult refused(String number, String subCode, String subMsg) {
        return GatewayResult.refused(number, Refusal.business(subCode, subMsg));
    }

    private TradeTerms terms(BizContent content) {
        Instant now = clock.instant();
        Instant tradeExpiry = tradeExpiry(content, now);
        BigDecimal yuan = new BigDecimal(content.text("total_amount")).setScale(2);
        Map<String, String> fields = new HashMap<>(content.texts());
        fields.keySet().retainAll(BOUND);
        fields.values().removeIf(String::isEmpty);
        fields.put("total_amount", yuan.toPlainString());
        return new TradeTerms(
                new TradeKey(Provider.ALIPAY, content.number()),
                yuan.movePointRight(2).longValueExact(),
                content.text("subject"),
                sellerId,
                content.notifyUrl(),
                fields,
                codeExpiry(content, tradeExpiry, now),
                tradeExpiry);
    }

    /// `time_expire` wins over `timeout_express`.
    private Instant tradeExpiry(BizContent content, Instant now) {
        return BeijingTime.SPACED
                .read(content.text("time_expire"))
                .or(() -> timeout(content, "timeout_express", now))
                .orElseGet(() -> now.plus(timeScale.shorten(TRADE_LIFE)));
    }

    /// The first of: the longest life of a code, the code's timeout, the trade's expiry.
    private Instant codeExpiry(BizContent content, Instant tradeExpiry, Instant now) {
        Instant longest = now.plus(timeScale.shorten(CODE_LIFE));
        Instant timeout = timeout(content, "qr_code_timeout_express", now).orElse(longest);
        return Collections.min(List.of(longest, timeout, tradeExpiry));
    }

    private Optional<Instant> timeout(BizContent content, String name, Instant now) {
        return Timeout.read(content.text(name)).map(timeout -> timeout.endingFrom(now, timeScale));
    }
}
