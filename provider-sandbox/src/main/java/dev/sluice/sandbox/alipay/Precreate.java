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
import dev.sluice.sandbox.trade.Code;
import dev.sluice.sandbox.trade.CodeResult;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.TradeTerms;
import dev.sluice.sandbox.trade.Trades;

/// `alipay.trade.precreate`: a QR code, and no trade until a wallet opens it.
@Component
final class Precreate implements GatewayMethod {
    /// How long a code lives whatever the merchant wants.
    static final Duration CODE_LIFE = Duration.ofHours(2);
    /// How long a trade can be paid if the merchant says nothing about it.
    static final Duration TRADE_LIFE = Duration.ofHours(3);

    private static final Logger LOG = LoggerFactory.getLogger(Precreate.class);

    private final PrecreateRules rules;
    private final Trades trades;
    private final SandboxProperties.Alipay merchant;
    private final Clock clock;
    private final TimeScale timeScale;

    Precreate(PrecreateRules rules, Trades trades, SandboxProperties properties, Clock clock, TimeScale timeScale) {
        this.rules = rules;
        this.trades = trades;
        this.merchant = properties.alipay();
        this.clock = clock;
        this.timeScale = timeScale;
    }

    @Override
    public String name() {
        return "alipay.trade.precreate";
    }

    @Override
    public GatewayResult call(Map<String, String> parameters) {
        Optional<BizContent> read = BizContent.in(parameters);
        if (read.isEmpty()) {
            return refused("", GatewayRefusal.invalid("isv.invalid-parameter", "biz_content无效"));
        }
        BizContent content = read.get();
        String number = content.text("out_trade_no");
        Optional<GatewayRefusal> refusal = rules.refusal(content);
        if (refusal.isPresent()) {
            return refused(number, refusal.get());
        }
        return switch (trades.issue(terms(content, parameters.getOrDefault("notify_url", "")))) {
            case CodeResult.Issued(var code) -> {
                LOG.info("{} alipay precreate: code issued", number);
                yield new GatewayResult.Done(number, node(code));
            }
            case CodeResult.AlreadyPaid() -> refused(number, GatewayRefusal.business("ACQ.TRADE_HAS_SUCCESS", "交易已被支付"));
            case CodeResult.Closed() -> refused(number, GatewayRefusal.business("ACQ.TRADE_HAS_CLOSE", "交易已经关闭"));
            case CodeResult.OtherTerms() -> refused(number, GatewayRefusal.business("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改"));
            case CodeResult.Full() -> refused(number, GatewayRefusal.unavailable("系统繁忙"));
        };
    }

    private static Map<String, Object> node(Code code) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("out_trade_no", code.key().number());
        node.put("qr_code", code.text());
        return node;
    }

    private TradeTerms terms(BizContent content, String notifyUrl) {
        Instant now = clock.instant();
        Instant end = end(content, now);
        BigDecimal yuan = new BigDecimal(content.text("total_amount")).setScale(2);
        Map<String, String> terms = new HashMap<>();
        terms.put("total_amount", yuan.toPlainString());
        Stream.of("subject", "body", "passback_params")
                .filter(name -> !content.text(name).isEmpty())
                .forEach(name -> terms.put(name, content.text(name)));
        return new TradeTerms(
                new TradeKey(Provider.ALIPAY, content.text("out_trade_no")),
                yuan.movePointRight(2).longValueExact(),
                content.text("subject"),
                merchant.sellerId(),
                NotifyUrls.read(notifyUrl).orElse(null),
                terms,
                until(content, end, now),
                end);
    }

    /// When the trade closes unpaid; `time_expire` wins over `timeout_express`.
    private Instant end(BizContent content, Instant now) {
        return BeijingTime.SPACED
                .read(content.text("time_expire"))
                .or(() -> timeout(content, "timeout_express", now))
                .orElseGet(() -> now.plus(timeScale.shorten(TRADE_LIFE)));
    }

    /// The first of: the code's own life, the code's timeout, the trade's end.
    private Instant until(BizContent content, Instant end, Instant now) {
        return Stream.of(Optional.of(end), timeout(content, "qr_code_timeout_express", now))
                .flatMap(Optional::stream)
                .reduce(now.plus(timeScale.shorten(CODE_LIFE)), (one, other) -> one.isBefore(other) ? one : other);
    }

    private Optional<Instant> timeout(BizContent content, String name, Instant now) {
        return Timeout.read(content.text(name)).map(timeout -> timeout.endingFrom(now, timeScale));
    }

    private static GatewayResult refused(String number, GatewayRefusal refusal) {
        LOG.info("{} alipay precreate refused: {}", PrecreateRules.isTradeNumber(number) ? number : "-", refusal.subCode());
        return new GatewayResult.Refused(number, refusal);
    }
}
