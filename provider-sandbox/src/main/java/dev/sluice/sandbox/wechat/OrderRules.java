package dev.sluice.sandbox.wechat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.WebAddress;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What `unifiedorder` requires of a NATIVE order. Lengths are counted in UTF-8 bytes, the stricter of two readings of the documentation.
record OrderRules(Clock clock, TimeScale timeScale) {
    /// How far ahead `time_expire` has to be.
    static final Duration MIN_LIFE = Duration.ofMinutes(1);

    private static final Pattern OUT_TRADE_NO = Pattern.compile("[0-9A-Za-z_\\-|*]{6,32}");
    private static final Predicate<String> TOTAL_FEE = Pattern.compile("[1-9][0-9]{0,9}").asMatchPredicate();
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final List<Rule> RULES = List.of(
            new Rule("body", 127, true),
            new Rule("out_trade_no", 32, true, OrderRules::isTradeNumber),
            new Rule("total_fee", 10, true, TOTAL_FEE),
            new Rule("spbill_create_ip", 64, true, OrderRules::isAddress),
            new Rule("notify_url", 256, true, OrderRules::isNotifyUrl),
            new Rule("trade_type", 16, true),
            new Rule("nonce_str", 32, true),
            new Rule("device_info", 32, false),
            new Rule("detail", 6000, false),
            new Rule("attach", 127, false),
            new Rule("fee_type", 16, false, "CNY"::equals),
            new Rule("goods_tag", 32, false),
            new Rule("product_id", 32, false),
            new Rule("limit_pay", 32, false),
            new Rule("openid", 128, false),
            new Rule("receipt", 8, false),
            new Rule("scene_info", 256, false),
            new Rule("profit_sharing", 16, false),
            new Rule("time_start", 14, false, OrderRules::isTime),
            new Rule("time_expire", 14, false, OrderRules::isTime));

    static boolean isTradeNumber(String value) {
        return OUT_TRADE_NO.matcher(value).matches();
    }

    Optional<WechatResult> refusal(Map<String, String> fields) {
        for (Rule rule : RULES) {
            String value = fields.getOrDefault(rule.field, "");
            if (rule.required && value.isEmpty()) {
                return Optional.of(WechatError.LACK_PARAMS.because(rule.field));
            }
            if (value.getBytes(UTF_8).length > rule.maxBytes || !value.isEmpty() && !rule.fits.test(value)) {
                return invalid(rule.field);
            }
        }
        return tradeType(fields).or(() -> expiry(fields));
    }

    private static Optional<WechatResult> tradeType(Map<String, String> fields) {
        return switch (fields.getOrDefault("trade_type", "")) {
            case "NATIVE" -> fields.getOrDefault("product_id", "").isEmpty()
                    ? Optional.of(WechatError.LACK_PARAMS.because("product_id"))
                    : Optional.empty();
            case "JSAPI", "APP", "MWEB" -> Optional.of(WechatError.NOAUTH.because("trade_type"));
            default -> invalid("trade_type");
        };
    }

    private Optional<WechatResult> expiry(Map<String, String> fields) {
        Optional<Instant> expire = BeijingTime.COMPACT.read(fields.getOrDefault("time_expire", ""));
        Optional<Instant> start = BeijingTime.COMPACT.read(fields.getOrDefault("time_start", ""));
        if (expire.isEmpty()) {
            return Optional.empty();
        }
        // The wire has whole seconds, so the second that has begun counts in the merchant's favour.
        Instant earliest = clock.instant().minusSeconds(1).plus(timeScale.shorten(MIN_LIFE));
        boolean backwards = start.isPresent() && !expire.get().isAfter(start.get());
        return backwards || expire.get().isBefore(earliest) ? invalid("time_expire") : Optional.empty();
    }

    private static Optional<WechatResult> invalid(String field) {
        return Optional.of(WechatError.INVALID_REQUEST.because(field));
    }

    private static boolean isAddress(String value) {
        if (!IPV4.matcher(value).matches() && !value.contains(":")) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(value) != null;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static boolean isNotifyUrl(String value) {
        return WebAddress.read(value).filter(url -> url.getRawQuery() == null && url.getRawFragment() == null).isPresent();
    }

    private static boolean isTime(String value) {
        return BeijingTime.COMPACT.read(value).isPresent();
    }

    private record Rule(String field, int maxBytes, boolean required, Predicate<String> fits) {
        Rule(String field, int maxBytes, boolean required) {
            this(field, maxBytes, required, _ -> true);
        }
    }
}
