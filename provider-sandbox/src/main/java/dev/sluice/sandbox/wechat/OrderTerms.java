package dev.sluice.sandbox.wechat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.netty.util.NetUtil;
import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.WebAddress;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.TradeTerms;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What `unifiedorder` requires of a NATIVE order, and the terms of the trade that it asks for.
///
/// Lengths are counted in UTF-8 bytes, the stricter of two readings of the documentation.
@Component
record OrderTerms(Clock clock, TimeScale timeScale) {
    /// How long a code can be scanned.
    static final Duration CODE_LIFE = Duration.ofHours(2);
    /// How far ahead `time_expire` has to be: the stricter of two texts, which WeChat Pay was seen to refuse by.
    static final Duration MIN_LIFE = Duration.ofMinutes(5);

    private static final Pattern OUT_TRADE_NO = Pattern.compile("[0-9A-Za-z_\\-|*]{6,32}");
    private static final Predicate<String> TOTAL_FEE = Pattern.compile("[1-9][0-9]{0,9}").asMatchPredicate();
    private static final List<Rule> RULES = List.of(
            new Rule("body", 127, true),
            new Rule("out_trade_no", 32, true, OrderTerms::isTradeNumber),
            new Rule("total_fee", 10, true, TOTAL_FEE),
            new Rule("spbill_create_ip", 64, true, ip -> NetUtil.isValidIpV4Address(ip) || NetUtil.isValidIpV6Address(ip)),
            new Rule("notify_url", 256, true, OrderTerms::isNotifyUrl),
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
            new Rule("time_start", 14, false, OrderTerms::isTime),
            new Rule("time_expire", 14, false, OrderTerms::isTime));

    static boolean isTradeNumber(String value) {
        return OUT_TRADE_NO.matcher(value).matches();
    }

    Optional<WechatResult> refusal(Map<String, String> fields) {
        for (Rule rule : RULES) {
            String value = fields.getOrDefault(rule.field, "");
            if (rule.required && value.isEmpty()) {
                return Optional.of(WechatError.LACK_PARAMS.because(rule.field));
            }
            if (value.getBytes(UTF_8).length > rule.maxBytes || (!value.isEmpty() && !rule.fits.test(value))) {
                return invalid(rule.field);
            }
        }
        return tradeType(fields).or(() -> expiry(fields));
    }

    /// The terms of a request that is not refused.
    TradeTerms of(Map<String, String> request) {
        // Everything that was sent has to be sent again for a second code, except what differs in any two requests.
        Map<String, String> fields = new HashMap<>(request);
        fields.remove("nonce_str");
        fields.remove("sign");
        Instant longest = clock.instant().plus(timeScale.shorten(CODE_LIFE));
        Instant expiry = BeijingTime.COMPACT.read(request.getOrDefault("time_expire", "")).filter(longest::isAfter).orElse(longest);
        return new TradeTerms(
                new TradeKey(Provider.WECHAT, request.getOrDefault("out_trade_no", "")),
                Long.parseLong(request.getOrDefault("total_fee", "")),
                request.getOrDefault("body", ""),
                request.getOrDefault("mch_id", ""),
                URI.create(request.getOrDefault("notify_url", "")),
                fields,
                expiry,
                null);
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
        Instant start = BeijingTime.COMPACT.read(fields.getOrDefault("time_start", "")).orElse(Instant.MIN);
        // The wire has whole seconds, so the second that has begun counts in the merchant's favour.
        Instant earliest = clock.instant().minusSeconds(1).plus(timeScale.shorten(MIN_LIFE));
        return BeijingTime.COMPACT.read(fields.getOrDefault("time_expire", "")).flatMap(expiry -> {
            if (!expiry.isAfter(start)) {
                return invalid("time_expire");
            }
            return expiry.isBefore(earliest) ? Optional.of(WechatError.PARAM_ERROR.refusal()) : Optional.empty();
        });
    }

    private static Optional<WechatResult> invalid(String field) {
        return Optional.of(WechatError.INVALID_REQUEST.because(field));
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
