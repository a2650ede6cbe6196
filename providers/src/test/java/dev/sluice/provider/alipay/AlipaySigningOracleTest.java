package dev.sluice.provider.alipay;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.provider.notification.SignedMessage;
import dev.sluice.provider.notification.Verdict;

import static dev.sluice.provider.alipay.AlipayNotificationVerifierTest.MERCHANT;
import static dev.sluice.provider.alipay.AlipayNotificationVerifierTest.anyNotice;
import static dev.sluice.provider.alipay.AlipayNotificationVerifierTest.form;
import static dev.sluice.provider.alipay.AlipayNotificationVerifierTest.sign;
import static dev.sluice.provider.alipay.AlipayNotificationVerifierTest.verify;
import static org.assertj.core.api.Assertions.assertThat;

/// Alipay signs the fields of a notification joined by characters that a field may have. So another cut of a genuine notification has the
/// same signature, and must be believed in nothing that counts.
class AlipaySigningOracleTest {
    /// A value that is moved into a name leaves the signed text as it was. So a refund could be made a payment.
    @ParameterizedTest
    @ValueSource(strings = {"gmt_payment=2023-12-21 16:26:43&gmt_refund=2023-12-22 00:00:00&out_trade_no", "a=b&c", "Body", "b ody",
            "refund_fee=1"})
    void noFieldCanBeHiddenInAName(String name) {
        Map<String, String> notice = sign(anyNotice());
        String hidden = form(notice) + "&" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "=";

        assertThat(verify(hidden)).isEqualTo(new Verdict.Forged("a parameter has no name of Alipay's"));
    }

    @Test
    void aPartialRefundCannotBeCutIntoAPayment() {
        Map<String, String> refund = anyNotice();
        refund.put("gmt_refund", "2023-12-22 00:00:00.0");
        refund.put("refund_fee", "1.00");
        String sign = sign(refund).get("sign");
        Map<String, String> cut = new HashMap<>(refund);
        cut.remove("gmt_refund");
        cut.remove("refund_fee");
        cut.remove("gmt_payment");
        // Sorted, the text of the two is the same: gmt_payment=...&gmt_refund=...&out_trade_no=T-1 and, in names, refund_fee.
        cut.remove("out_trade_no");
        cut.remove("seller_id");
        cut.put("gmt_payment=2023-12-21 16:26:43&gmt_refund", "2023-12-22 00:00:00.0");
        cut.put("out_trade_no", "T-1");
        cut.put("refund_fee=1.00&seller_id", MERCHANT.merchantId());
        assertThat(AlipaySignature.signedText(cut)).isEqualTo(AlipaySignature.signedText(refund));
        cut.put("sign", sign);

        assertThat(verify(cut)).isInstanceOf(Verdict.Forged.class);
    }

    /// A value that takes in the fields after it leaves the signed text as it was, too. So a partial refund, of which one cent was paid
    /// back or all but one cent, could be a payment.
    @Test
    void aPartialRefundCannotBeMergedIntoAPayment() {
        Map<String, String> refund = anyNotice();
        refund.putAll(Map.of("gmt_create", "2023-12-21 16:26:32", "gmt_refund", "2023-12-22 00:00:00.0", "receipt_amount", "73.00",
                "refund_fee", "72.99", "notify_time", "2023-12-22 00:00:01"));
        String sign = sign(refund).get("sign");
        assertThat(verify(refund)).isInstanceOf(Verdict.NotAPayment.class);

        Map<String, String> merged = new HashMap<>(refund);
        merged.put("gmt_create", "2023-12-21 16:26:32&gmt_payment=" + merged.remove("gmt_payment") + "&gmt_refund="
                + merged.remove("gmt_refund"));
        merged.put("receipt_amount", "73.00&refund_fee=" + merged.remove("refund_fee"));
        assertThat(AlipaySignature.signedText(merged)).isEqualTo(AlipaySignature.signedText(refund));
        merged.put("sign", sign);

        assertThat(verify(merged)).isInstanceOf(Verdict.Forged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&gmt_refund=2023-12-22 00:00:00", "&refund_fee=1", "a&out_trade_no=T-2&b=", "x&total_amount=1"})
    void noFieldThatCountsIsHiddenInFreeText(String body) {
        Map<String, String> notice = anyNotice();
        notice.put("body", body);

        assertThat(verify(sign(notice))).isInstanceOf(Verdict.Forged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&b=c;d?e#f", "会员+ & <b>", "&refund_fee", "x_refund_fee=1&y_total_amount=2"})
    void freeTextMayHaveAnAmpersand(String body) {
        Map<String, String> notice = anyNotice();
        notice.put("body", body);
        notice.put("subject", body);

        assertThat(verify(sign(notice))).isInstanceOf(Verdict.Paid.class);
    }

    /// Base64 leaves the last four bits and the padding of a signature open, so one message could be kept 32 times.
    @Test
    void aCapturedMessageHasOneIdentityHoweverItsSignatureIsSpelled() {
        Map<String, String> notice = anyNotice();
        notice.put("trade_status", "WAIT_BUYER_PAY");
        String sign = sign(notice).get("sign");
        String withoutPadding = sign.replace("=", "");
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        int last = letters.indexOf(withoutPadding.charAt(withoutPadding.length() - 1));
        Set<SignedMessage> messages = new HashSet<>();
        for (int spare = 0; spare < 16; spare++) {
            String spelled = withoutPadding.substring(0, withoutPadding.length() - 1) + letters.charAt(last - last % 16 + spare);
            for (String padding : new String[]{"", "=="}) {
                notice.put("sign", spelled + padding);
                assertThat(verify(notice)).isInstanceOfSatisfying(Verdict.NotAPayment.class, verdict -> messages.add(verdict.message()));
            }
        }

        assertThat(messages).containsExactly(SignedMessage.of("T-1", sign));
    }
}
