package dev.sluice.sandbox.alipay;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.alipay.GatewayResult.Refusal;
import dev.sluice.sandbox.trade.Code;
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

    private static final Logger LOG = LoggerFactory.getLogger(Precreate.class);

    private final Trades trades;
    private final SandboxProperties.Alipay merchant;
    private final Clock clock;
    private final TimeScale timeScale;
    private final PrecreateRules rules;

    Precreate(Trades trades, SandboxProperties properties, Clock clock, TimeScale timeScale) {
        this.trades = trades;
        merchant = properties.alipay();
        this.clock = clock;
        this.timeScale = timeScale;
        rules = new PrecreateRules(merchant.sellerId(), clock);
    }

    GatewayResult call(Map<String, String> call) {
        Optional<BizContent> content = BizContent.in(call);
        if (content.isEmpty()) {
            return new GatewayResult.Refused("", BizContent.UNREADABLE);
        }
        String number = content.get().text("out_trade_no");
        return rules.refusal(content.get())
                .<GatewayResult>map(refusal -> new GatewayResult.Refused(number, refusal))
                .orElseGet(() -> issue(terms(content.get(), call), number));
    }

    private GatewayResult issue(TradeTerms terms, String number) {
        return switch (trades.issue(terms)) {
            case CodeResult.Issued(var code) -> {
                LOG.info("{} alipay precreate: code issued", number);
                yield new GatewayResult.Done(number, node(code));
            }
            case CodeResult.AlreadyPaid() -> refused(number, "ACQ.TRADE_HAS_SUCCESS", "交易已被支付");
            case CodeResult.Closed() -> refused(number, "ACQ.TRADE_HAS_CLOSE", "交易已经关闭");
            case CodeResult.OtherTerms() -> refused(number, "ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改");
            case CodeResult.Full() -> new GatewayResult.Refused(number, Refusal.unavailable("系统繁忙"));
        };
    }

    private static GatewayResult refused(String number, String subCode, String subMsg) {
        return new GatewayResult.Refused(number, Refusal.business(subCode, subMsg));
    }

    private static Map<String, Object> node(Code code) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("out_trade_no", code.key().number());
        node.put("qr_code", code.text());
        return node;
    }

    private TradeTerms terms(BizContent content, Map<String, String> call) {
        Instant now = clock.instant();
        Instant tradeExpiry = tradeExpiry(content, now);
        BigDecimal yuan = new BigDecimal(content.text("total_amount")).setScale(2);
        Map<String, String> fields = new HashMap<>();
        fields.put("total_amount", yuan.toPlainString());
        Stream.of("subject", "body", "passback_params")
                .filter(name -> !content.text(name).isEmpty())
                .forEach(name -> fields.put(name, content.text(name)));
        return new TradeTerms(
                new TradeKey(Provider.ALIPAY, content.text("out_trade_no")),
                yuan.movePointRight(2).longValueExact(),
                content.text("subject"),
                merchant.sellerId(),
                CallCheck.notifyUrl(call).orElse(null),
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
        return Stream.of(Optional.of(tradeExpiry), timeout(content, "qr_code_timeout_express", now))
                .flatMap(Optional::stream)
                .reduce(now.plus(timeScale.shorten(CODE_LIFE)), (one, other) -> one.isBefore(other) ? one : other);
    }

    private Optional<Instant> timeout(BizContent content, String name, Instant now) {
        return Timeout.read(content.text(name)).map(timeout -> timeout.endingFrom(now, timeScale));
    }
}
