package dev.sluice.sandbox.alipay;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.alipay.GatewayResult.Refusal;

/// What `alipay.trade.precreate` requires.
record PrecreateRules(String sellerId, Clock clock) {
    private static final Pattern OUT_TRADE_NO = Pattern.compile("[0-9A-Za-z_]{1,64}");
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
        return seller.isEmpty() || seller.equals(sellerId)
                ? Optional.empty()
                : Optional.of(Refusal.business("ACQ.PARTNER_ERROR", "应用APP_ID填写错误"));
    }

    private List<Rule> rules() {
        return List.of(
                new Rule("out_trade_no", true, PrecreateRules::isTradeNumber),
                new Rule("total_amount", true, value -> AMOUNT.test(value) && new BigDecimal(value).signum() > 0),
                new Rule("subject", true, SUBJECT),
                new Rule("body", false, value -> value.length() <= MAX_BODY),
                new Rule("passback_params", false, value -> value.length() <= MAX_PASSBACK),
                new Rule("timeout_express", false, value -> Timeout.read(value).isPresent()),
                new Rule("qr_code_timeout_express", false, value -> Timeout.read(value).isPresent()),
                new Rule("time_expire", false, value -> BeijingTime.SPACED.read(value).filter(clock.instant()::isBefore).isPresent()));
    }

    private record Rule(String field, boolean required, Predicate<String> fits) {}
}
