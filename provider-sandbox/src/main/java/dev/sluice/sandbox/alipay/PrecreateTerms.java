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
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.alipay.GatewayResult.Refusal;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.TradeTerms;

/// What `alipay.trade.precreate` requires, and the terms of the trade that it asks for.
@Component
record PrecreateTerms(SandboxProperties properties, Clock clock, TimeScale timeScale) {
    /// The longest life of a code.
    static final Duration CODE_LIFE = Duration.ofHours(2);
    /// The life of a trade without a timeout.
    static final Duration TRADE_LIFE = Duration.ofHours(3);
    private static final Duration MIN_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration MAX_TIMEOUT = Duration.ofDays(15);

    /// What a scan fixes for the number, and what the notification repeats.
    private static final Set<String> BOUND = Set.of("total_amount", "subject", "body", "passback_params");

    private static final Pattern OUT_TRADE_NO = Pattern.compile("[0-9A-Za-z_]{1,64}");
    private static final Predicate<String> TIMEOUT = Pattern.compile("[1-9][0-9]{0,4}[mhd]").asMatchPredicate();
    private static final Predicate<String> AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,10})(\\.[0-9]{1,2})?").asMatchPredicate();
    private static final Predicate<String> SUBJECT = Pattern.compile("[^/=&]{1,256}").asMatchPredicate();
    private static final BigDecimal MAX_YUAN = new BigDecimal("100000000");
    private static final int MAX_BODY = 128;
    private static final int MAX_PASSBACK = 512;

    static boolean isTradeNumber(String value) {
        return OUT_TRADE_NO.matcher(value).matches();
    }

    Optional<Refusal> refusal(BizContent content) {
        for (Rule rule : rules()) {
            String value = content.text(rule.field);
            if (value.isEmpty() ? rule.required : !rule.fits.test(value)) {
                return Optional.of(Refusal.business("ACQ.INVALID_PARAMETER", "参数无效：" + rule.field));
            }
        }
        if (new BigDecimal(content.text("total_amount")).compareTo(MAX_YUAN) > 0) {
            return Optional.of(Refusal.business("ACQ.TOTAL_FEE_EXCEED", "订单总金额不在允许范围内"));
        }
        String seller = content.text("seller_id");
        return seller.isEmpty() || seller.equals(properties.alipay().sellerId())
                ? Optional.empty()
                : Optional.of(Refusal.business("ACQ.PARTNER_ERROR", "应用APP_ID填写错误"));
    }

    /// The terms of a call that is not refused.
    TradeTerms of(BizContent content) {
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
                properties.alipay().sellerId(),
                content.notifyUrl(),
                fields,
                codeExpiry(content, tradeExpiry, now),
                tradeExpiry);
    }

    /// `time_expire` wins over `timeout_express`.
    private Instant tradeExpiry(BizContent content, Instant now) {
        return BeijingTime.SPACED
                .read(content.text("time_expire"))
                .or(() -> end(content.text("timeout_express"), now))
                .orElseGet(() -> now.plus(timeScale.shorten(TRADE_LIFE)));
    }

    /// The first of: the longest life of a code, the code's timeout, the trade's expiry.
    private Instant codeExpiry(BizContent content, Instant tradeExpiry, Instant now) {
        Instant longest = now.plus(timeScale.shorten(CODE_LIFE));
        Instant timeout = end(content.text("qr_code_timeout_express"), now).orElse(longest);
        return Collections.min(List.of(longest, timeout, tradeExpiry));
    }

    /// When a timeout ends that begins now: `1m` to `15d`, on the sandbox's scale, or `1c` for today, until midnight in Beijing on any
    /// scale; whole numbers only.
    Optional<Instant> end(String timeout, Instant now) {
        if (timeout.equals("1c")) {
            return Optional.of(BeijingTime.endOfDay(now));
        }
        // As ISO 8601 writes it: P15D, but PT2H.
        return Optional.of(timeout)
                .filter(TIMEOUT)
                .map(length -> Duration.parse((length.endsWith("d") ? "P" : "PT") + length))
                .filter(length -> length.compareTo(MIN_TIMEOUT) >= 0 && length.compareTo(MAX_TIMEOUT) <= 0)
                .map(length -> now.plus(timeScale.shorten(length)));
    }

    private List<Rule> rules() {
        Instant now = clock.instant();
        return List.of(
                new Rule("out_trade_no", true, PrecreateTerms::isTradeNumber),
                new Rule("total_amount", true, value -> AMOUNT.test(value) && new BigDecimal(value).signum() > 0),
                new Rule("subject", true, SUBJECT),
                new Rule("body", false, value -> value.length() <= MAX_BODY),
                new Rule("passback_params", false, value -> value.length() <= MAX_PASSBACK),
                new Rule("timeout_express", false, value -> end(value, now).isPresent()),
                new Rule("qr_code_timeout_express", false, value -> end(value, now).isPresent()),
                new Rule("time_expire", false, value -> BeijingTime.SPACED.read(value).filter(now::isBefore).isPresent()));
    }

    private record Rule(String field, boolean required, Predicate<String> fits) {}
}
