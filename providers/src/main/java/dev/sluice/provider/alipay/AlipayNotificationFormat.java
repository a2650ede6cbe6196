package dev.sluice.provider.alipay;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sluice.provider.notification.NotificationFormat;
import dev.sluice.provider.notification.NotificationReply;
import dev.sluice.provider.wire.MalformedMessageException;

/// Notifications as forms, replies as plain text.
final class AlipayNotificationFormat implements NotificationFormat {
    static final NotificationReply SUCCESS = new NotificationReply(200, "text/plain", "success");
    static final NotificationReply FAILURE = new NotificationReply(200, "text/plain", "fail");

    private static final Pattern CLAIM = Pattern.compile("(?:^|&)out_trade_no=([0-9A-Za-z_-]{1,64})");

    private static final Pattern REFUND = Pattern.compile("\\P{Cntrl}{1,64}");

    /// The value counts: a plain payment has a refund of 0.00 at times.
    private static final Pattern REFUNDED = Pattern.compile("[1-9]");

    @Override
    public Optional<String> claimedTradeNumber(byte[] body) {
        Matcher claim = CLAIM.matcher(new String(body, StandardCharsets.UTF_8));
        return claim.find() ? Optional.of(claim.group(1)) : Optional.empty();
    }

    /// Only a refund has one: `out_biz_no` alone does not make a notification one. Alipay knows a refund that was requested without a number
    /// by the number of its trade.
    @Override
    public Optional<String> refund(byte[] verified) {
        try {
            Map<String, String> form = AlipayForm.parse(verified);
            boolean refunded = !form.getOrDefault("gmt_refund", "").isEmpty()
                    || REFUNDED.matcher(form.getOrDefault("refund_fee", "")).find();
            return refunded
                    ? Stream.of("out_biz_no", "out_trade_no").flatMap(name -> Stream.ofNullable(form.get(name)))
                            .filter(REFUND.asMatchPredicate()).findFirst()
                    : Optional.empty();
        } catch (MalformedMessageException e) {
            // It was read when it was verified. What is kept may be a part of it.
            return Optional.empty();
        }
    }

    @Override
    public NotificationReply failure() {
        return FAILURE;
    }

    @Override
    public Set<String> signedHeaders() {
        return Set.of("content-type");
    }

    @Override
    public String contentType() {
        return "application/x-www-form-urlencoded; charset=utf-8";
    }

    @Override
    public String probeUpToNonce() {
        return "gmt_create=2026-11-22+16%3A00%3A00&charset=utf-8&subject=" + encoded("AI服务+充值 & <测试>/100%=") + "&notify_id=";
    }

    @Override
    public String probeAfterNonce(String sign) {
        return "&fund_bill_list=" + encoded("[{\"amount\":\"0.00\",\"fundChannel\":\"探测\"}]") + "&notify_type=probe&body=&sign="
                + encoded(sign) + "&sign_type=PROBE+";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
