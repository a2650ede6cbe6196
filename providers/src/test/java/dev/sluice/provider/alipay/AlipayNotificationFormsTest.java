package dev.sluice.provider.alipay;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.alipay.api.AlipayApiException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.Money;
import dev.sluice.provider.Received;
import dev.sluice.provider.alipay.account.AlipayVerificationKeys;
import dev.sluice.provider.notification.Verdict;

import static dev.sluice.provider.alipay.AlipayNotificationVerifierTest.MERCHANT;
import static org.assertj.core.api.Assertions.assertThat;

/// Notifications in each form that merchants have received, signed by the official SDK.
@Tag("zone")
class AlipayNotificationFormsTest {
    /// How senders escape a form: blanks as plus or not, digits of escapes in lower case, everything escaped.
    private static final List<UnaryOperator<String>> ESCAPES = List.of(AlipayNotificationFormsTest::escaped,
            value -> escaped(value).replace("+", "%20"), value -> lowerCase(escaped(value)), AlipayNotificationFormsTest::whollyEscaped);

    /// A value is decoded once, and entities in it are part of it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "fund_bill_list|[{\"amount\":\"73.00\",\"fundChannel\":\"ALIPAYACCOUNT\"}]",
            "fund_bill_list|[{&quot;amount&quot;:&quot;73.00&quot;,&quot;fundChannel&quot;:&quot;ALIPAYACCOUNT&quot;}]",
            "fund_bill_list|[{&amp;quot;amount&amp;quot;:&amp;quot;73.00&amp;quot;}]",
            "subject|a%2Bb", "subject|a%252Bb&amp;%", "subject|会员+", "subject|充值😀", "subject|\"quoted\" 's' <b>", "subject|\\u4e2d\\/",
            "body|&lt;b&gt; &#43; &nbsp;"})
    void aValueIsDecodedOnce(String field, String value) throws Exception {
        assertSigned(field, value);
    }

    /// Nothing of a value is trimmed or replaced.
    @ParameterizedTest
    @ValueSource(strings = {" foobar ", "foobar ", " foobar", "x\ty", "x\r\ny", "x\ny\n", "\r\nx", "  x  y  ", "\tx", "x\u00A0"})
    void blanksAndLineBreaksArePartOfAValue(String value) throws Exception {
        assertSigned("subject", value);
        assertSigned("body", value);
    }

    private static void assertSigned(String field, String value) throws Exception {
        Map<String, String> signed = signed(Map.of(field, value));
        for (UnaryOperator<String> escape : ESCAPES) {
            String form = form(signed, escape);
            assertThat(verify(form)).as(form).isInstanceOf(Verdict.Paid.class);
            assertThat(AlipayForm.parse(form.getBytes(StandardCharsets.UTF_8))).containsEntry(field, value);
        }
    }

    /// The amount is the same with fewer decimals.
    @ParameterizedTest
    @CsvSource({"7.3,730", "7.30,730", "73,7300", "73.0,7300", "73.00,7300", "0.01,1", "0.00,0", "0,0"})
    void anAmountMayHaveFewerDecimals(String yuan, long fen) {
        assertThat(verify(form(signed(Map.of("total_amount", yuan)), AlipayNotificationFormsTest::escaped)))
                .isInstanceOfSatisfying(Verdict.Paid.class, paid -> assertThat(paid.money()).isEqualTo(Money.ofFen(fen)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-7.30", "7.3000001", "99999999999999999.00", "7,30", "7.30 ", "1e2", "+7.30", ".73", "7.", "\u0667"})
    void whatIsNoAmountIsUnclear(String yuan) {
        assertThat(verify(form(signed(Map.of("total_amount", yuan)), AlipayNotificationFormsTest::escaped)))
                .isInstanceOf(Verdict.Unclear.class);
    }

    /// Alipay's own sample has `refund_fee=0.00` and `gmt_close` on a plain payment: the values count.
    @Test
    void refundFieldsThatRefundNothingLeaveAPayment() {
        for (Map<String, String> more : List.of(Map.of("refund_fee", "0.00", "gmt_close", "2023-12-21 16:30:00"), Map.of("refund_fee", "0"),
                Map.of("refund_fee", "0.0"), Map.of("send_back_fee", "0.00"), Map.of("gmt_close", "2023-12-21 16:30:00"),
                Map.of("refund_fee", "", "gmt_refund", ""), Map.of("refund_fee", "0.00", "send_back_fee", "0", "out_biz_no", "B-1"))) {
            assertThat(verify(form(signed(more), AlipayNotificationFormsTest::escaped))).as(more.toString())
                    .isInstanceOf(Verdict.Paid.class);
        }
    }

    /// A payment that is fully refunded is notified as closed, and later as finished.
    @Test
    void aFullRefundIsNoPaymentWhateverItsStatus() {
        Map<String, String> refund = new TreeMap<>(Map.of("refund_fee", "73.00", "gmt_refund", "2023-12-22 15:45:57.320", "out_biz_no",
                "RF-1"));
        for (String status : List.of("TRADE_SUCCESS", "TRADE_FINISHED", "TRADE_CLOSED")) {
            refund.put("trade_status", status);
            refund.put("gmt_close", "2023-12-22 15:45:57");
            assertThat(verify(form(signed(refund), AlipayNotificationFormsTest::escaped))).as(status)
                    .isInstanceOfSatisfying(Verdict.NotAPayment.class,
                            verdict -> assertThat(verdict.what())
                                    .isEqualTo(status.equals("TRADE_CLOSED") ? "trade_status TRADE_CLOSED" : "a refund"));
        }
    }

    /// Rightly signed by Alipay, and not about this application and seller.
    @ParameterizedTest
    @CsvSource({"app_id,", "app_id,none", "app_id,2021000099999999", "seller_id,", "seller_id,none", "seller_id,2088999999999999"})
    void aPaymentOfAnotherOrUnnamedAccountIsNotOurs(String field, String value) {
        Map<String, String> notification = payment();
        notification.put("body", "names " + MERCHANT.appId() + " and " + MERCHANT.merchantId());
        if ("none".equals(value)) {
            notification.remove(field);
        } else {
            notification.put(field, value == null ? "" : value);
        }

        assertThat(verify(form(sign(notification), AlipayNotificationFormsTest::escaped)))
                .isEqualTo(new Verdict.Forged("not our merchant"));
    }

    private static Map<String, String> payment() {
        return new TreeMap<>(Map.of("app_id", MERCHANT.appId(), "seller_id", MERCHANT.merchantId(), "trade_status", "TRADE_SUCCESS",
                "out_trade_no", "T-1", "trade_no", "20231221", "total_amount", "73.00", "gmt_payment", "2023-12-21 16:26:43", "charset",
                "utf-8"));
    }

    private static Map<String, String> signed(Map<String, String> more) {
        Map<String, String> notification = payment();
        notification.putAll(more);
        return sign(notification);
    }

    private static Map<String, String> sign(Map<String, String> notification) {
        String key = Base64.getEncoder().encodeToString(TestKeys.ALIPAY.getPrivate().getEncoded());
        String text = com.alipay.api.internal.util.AlipaySignature.getSignContent(notification);
        try {
            notification.put("sign", com.alipay.api.internal.util.AlipaySignature.rsaSign(text, key, "utf-8", "RSA2"));
        } catch (AlipayApiException e) {
            throw new AssertionError(e);
        }
        notification.put("sign_type", "RSA2");
        return notification;
    }

    private static String form(Map<String, String> notification, UnaryOperator<String> escape) {
        return notification.entrySet().stream().map(field -> field.getKey() + "=" + escape.apply(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String lowerCase(String escaped) {
        return java.util.regex.Pattern.compile("%[0-9A-F]{2}").matcher(escaped)
                .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
    }

    private static String whollyEscaped(String value) {
        var escaped = new StringBuilder();
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            escaped.append("%%%02X".formatted(each));
        }
        return escaped.toString();
    }

    private static Verdict verify(String form) {
        return new AlipayNotificationVerifier(new AlipayVerificationKeys(MERCHANT, TestKeys.ALIPAY.getPublic()))
                .verify(Received.of(form.getBytes(StandardCharsets.UTF_8)));
    }
}
