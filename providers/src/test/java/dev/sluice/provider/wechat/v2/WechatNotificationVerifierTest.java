package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Currency;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

import com.github.binarywang.wxpay.util.SignUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.PaidAtBasis;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.Received;
import dev.sluice.provider.Vectors;
import dev.sluice.provider.notification.SignedMessage;
import dev.sluice.provider.notification.Verdict;
import dev.sluice.provider.wechat.v2.message.WechatSignType;
import dev.sluice.provider.wechat.v2.message.WechatXml;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("zone")
class WechatNotificationVerifierTest {
    private static final Merchant MERCHANT = new Merchant("wxd930ea5d5a258f4f", "10000100");
    private static final String KEY = Vectors.get("wx_v2_doc.key");
    /// Whose MD5 begins with zeros.
    private static final String LEADING_ZEROS = "leadingzerokey000000000000000196";
    private static final String REQ_INFO = "8VeQC8EK0igdIe09T0CYNwiZBNknRClKPn4AqpRTjDojkeKTA0/tLmdwFggpsq4nQHblPgFdnrbEE8cB8orWeUHnyWfRBTnDwHxnsvqCm6nhoP1OpwJaVu4dvZVbZV82SDOHZ3tc7jhYln6zuRp3b++OlEa08dfsl1Z43GExYumkGFI0DwLy/ErwltY4Oz9j4liq26oODetBNKoSNHRULLMWenHyqyAQu0fIKa8kHh8idEANTXkk+4rVQNDcMrY0tMaqHx+awiS+HizaeKEj26qRBJLmnwiYyOSm08TD/kbBy++sRXePTSuGo3jJrDcN";

    @ParameterizedTest
    @CsvSource({"wx_v2_notify_derived_md5,MD5", "wx_v2_notify_derived_hmac,HMAC_SHA256",
            "wx_v2_notify_derived_hmac_without_sign_type,HMAC_SHA256"})
    void believesANoticeWithCouponsEmptyAndUnknownFields(String vector, WechatSignType type) {
        Verdict verdict = verifier(type).verify(Received.of(Vectors.get(vector + ".xml").getBytes(StandardCharsets.UTF_8)));

        assertThat(verdict).isEqualTo(
                new Verdict.Paid(new TradeNumber("1409811653"), MERCHANT, new TransactionId("1004400740201409030005092168"),
                        Money.ofFen(100), Instant.parse("2014-09-03T05:15:40Z")));
    }

    @Test
    void doesNotBelieveTheAlgorithmThatANoticeNames() {
        byte[] md5 = Vectors.get("wx_v2_notify_derived_md5.xml").getBytes(StandardCharsets.UTF_8);

        assertThat(verifier(WechatSignType.HMAC_SHA256).verify(Received.of(md5))).isEqualTo(new Verdict.Forged("wrong sign"));
    }

    @ParameterizedTest
    @CsvSource({"total_fee,1", "out_trade_no,1409811654", "x_future_field,other", "sub_openid,added"})
    void aChangedFieldMakesItForged(String field, String value) {
        Map<String, String> fields = signed(anyNotice());
        fields.put(field, value);

        assertThat(verify(fields)).isEqualTo(new Verdict.Forged("wrong sign"));
    }

    @Test
    void saysWhenThereIsNoSign() {
        assertThat(verify(anyNotice())).isEqualTo(new Verdict.Forged("no sign"));
        assertThat(verifier(WechatSignType.MD5).verify(Received.of("<xml>10000100".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Verdict.Forged("not XML"));
        assertThat(verifier(WechatSignType.MD5).verify(Received.of("<xml".getBytes(StandardCharsets.UTF_8))))
                .as("not parsed").isEqualTo(new Verdict.Forged("does not name our account"));
    }

    @Test
    void aNoticeAboutAnotherMerchantIsNotOurs() {
        Map<String, String> notice = anyNotice();
        notice.put("mch_id", "10000101");
        notice.put("attach", "10000100");

        assertThat(verify(signed(notice))).isEqualTo(new Verdict.Forged("not our merchant"));
    }

    @Test
    void aFailedResultIsNotAPayment() {
        Map<String, String> notice = anyNotice();
        notice.put("result_code", "FAIL");

        assertThat(verify(signed(notice))).isInstanceOf(Verdict.NotAPayment.class);
    }

    @Test
    void tellsAnotherCurrency() {
        Map<String, String> notice = anyNotice();
        notice.put("fee_type", "HKD");

        assertThat(verify(signed(notice)))
                .isInstanceOfSatisfying(Verdict.Paid.class,
                        paid -> assertThat(paid.money()).isEqualTo(new Money(100, Currency.getInstance("HKD"))));
    }

    @ParameterizedTest
    @CsvSource({"total_fee,1.5", "total_fee,", "total_fee,-1", "total_fee,99999999999999999999", "fee_type,XX", "time_end,yesterday",
            "trade_type,JSAPI", "trade_type,", "result_code,", "return_code,",
            "transaction_id,", "out_trade_no,a b"})
    void signedNonsenseIsNotAccepted(String field, String value) {
        Map<String, String> notice = anyNotice();
        notice.put(field, value == null ? "" : value);

        assertThat(verify(signed(notice))).isInstanceOf(Verdict.Unclear.class);
    }

    /// Empty is absent, in the signature and in the meaning.
    @Test
    void emptyFieldsMeanNothing() {
        Map<String, String> notice = anyNotice();
        for (String field : List.of("device_info", "attach", "fee_type", "trade_state", "req_info", "product_id")) {
            notice.put(field, "");
        }

        assertThat(verify(signed(notice))).isInstanceOf(Verdict.Paid.class);
    }

    @Test
    void aPaymentWithoutItsTimeHasTheTimeOfItsReceipt() {
        Map<String, String> notice = anyNotice();
        notice.remove("time_end");

        assertThat(verify(signed(notice))).isInstanceOfSatisfying(Verdict.Paid.class, paid -> {
            assertThat(paid.paidAt()).isEqualTo(Instant.EPOCH);
            assertThat(paid.paidAtBasis()).isEqualTo(PaidAtBasis.RECEIPT);
        });
    }

    /// A refund notification has no signature; what decrypts with our key is genuine.
    @Test
    void aRefundNotificationAtThePaymentsAddressIsGenuineWhenItDecryptsWithOurKey() {
        Map<String, String> refund = refundNotification();

        assertThat(verifierBy(LEADING_ZEROS).verify(Received.of(WechatXml.write(refund))))
                .isInstanceOfSatisfying(Verdict.NotAPayment.class, verdict -> {
                    assertThat(verdict.what()).isEqualTo("a refund: SUCCESS, refund_fee 6, out_refund_no R1");
                    assertThat(verdict.message().tradeNumber()).contains(new TradeNumber("T1"));
                });
        assertThat(verify(refund)).as("another key").isEqualTo(new Verdict.Forged("no sign"));
        refund.put("sign", "A".repeat(32));
        assertThat(verifierBy(LEADING_ZEROS).verify(Received.of(WechatXml.write(refund)))).isEqualTo(new Verdict.Forged("wrong sign"));
        refund.remove("sign");
        refund.put("appid", "wx0000000000000000");
        assertThat(verifierBy(LEADING_ZEROS).verify(Received.of(WechatXml.write(refund))))
                .isEqualTo(new Verdict.Forged("not our merchant"));
    }

    /// It is encrypted block by block, so a captured one can be cut into others that decrypt with our key, each with an identity of its own.
    @ParameterizedTest
    @CsvSource({"a1,SUCCESS", ",SUCCESS", "123456789012345678901234567890123,SUCCESS", "1 2,SUCCESS", "50000001,", "50000001,PROCESSING",
            "50000001,SUCCESSSUCCESS"})
    void aCutRefundNotificationIsForged(@Nullable String refundId, @Nullable String status) throws GeneralSecurityException {
        assertThat(verifyRefund(refundId == null ? "" : refundId, status == null ? "" : status)).isInstanceOf(Verdict.Forged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCESS", "CHANGE", "REFUNDCLOSE"})
    void theseStatesOfARefundAreNotified(String status) throws GeneralSecurityException {
        assertThat(verifyRefund("50000001", status)).isInstanceOfSatisfying(Verdict.NotAPayment.class,
                verdict -> assertThat(verdict.message()).isEqualTo(SignedMessage.of("T1", "refund 50000001 " + status)));
    }

    private static Verdict verifyRefund(String refundId, String status) throws GeneralSecurityException {
        byte[] md5 = MessageDigest.getInstance("MD5").digest(LEADING_ZEROS.getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(HexFormat.of().formatHex(md5).getBytes(StandardCharsets.US_ASCII), "AES"));
        String refund = "<root><out_trade_no>T1</out_trade_no><refund_id>" + refundId + "</refund_id><refund_status>" + status
                + "</refund_status></root>";
        Map<String, String> notification = refundNotification();
        notification.put("req_info", Base64.getEncoder().encodeToString(cipher.doFinal(refund.getBytes(StandardCharsets.UTF_8))));
        return verifierBy(LEADING_ZEROS).verify(Received.of(WechatXml.write(notification)));
    }

    @Test
    void theFormatKnowsARefundNotificationFromAPayments() {
        var format = new WechatNotificationFormat();
        Map<String, String> payment = signed(anyNotice());

        assertThat(format.refund(WechatXml.write(refundNotification()))).isPresent();
        assertThat(format.refund(WechatXml.write(payment))).isEmpty();
        payment.put("req_info", REQ_INFO);
        assertThat(format.refund(WechatXml.write(payment))).as("signed").isEmpty();
        assertThat(format.refund(new byte[]{'<'})).isEmpty();
    }

    /// Whatever is changed around what is signed, it is the same message.
    @Test
    void aRepetitionHasTheSameIdentity() {
        Map<String, String> refund = refundNotification();
        SignedMessage first = ((Verdict.NotAPayment) verifierBy(LEADING_ZEROS).verify(Received.of(WechatXml.write(refund)))).message();
        refund.put("nonce_str", "another");
        assertThat(verifierBy(LEADING_ZEROS).verify(Received.of(WechatXml.write(refund))))
                .isInstanceOfSatisfying(Verdict.NotAPayment.class, again -> assertThat(again.message()).isEqualTo(first));
    }

    private static Map<String, String> refundNotification() {
        return new HashMap<>(Map.of("return_code", "SUCCESS", "appid", MERCHANT.appId(), "mch_id", MERCHANT.merchantId(), "nonce_str", "n",
                "req_info", REQ_INFO));
    }

    private static WechatNotificationVerifier verifierBy(String key) {
        return new WechatNotificationVerifier(
                new WechatMerchant(MERCHANT, key, WechatSignType.MD5, Optional.empty(), List.of(URI.create("http://127.0.0.1:1"))));
    }

    private static Map<String, String> anyNotice() {
        Map<String, String> fields = new HashMap<>(Map.of("appid", MERCHANT.appId(), "mch_id", MERCHANT.merchantId(), "return_code",
                "SUCCESS", "result_code", "SUCCESS", "trade_type", "NATIVE"));
        fields.putAll(Map.of("out_trade_no", "1409811653", "transaction_id", "1004400740201409030005092168", "total_fee", "100", "time_end",
                "20140903131540", "x_future_field", "a&b"));
        return fields;
    }

    private static Map<String, String> signed(Map<String, String> fields) {
        fields.put("sign", SignUtils.createSign(new HashMap<>(fields), "MD5", KEY, new String[0]));
        return fields;
    }

    private static Verdict verify(Map<String, String> fields) {
        return verifier(WechatSignType.MD5).verify(Received.of(WechatXml.write(fields)));
    }

    private static WechatNotificationVerifier verifier(WechatSignType type) {
        return new WechatNotificationVerifier(
                new WechatMerchant(MERCHANT, KEY, type, Optional.empty(), List.of(URI.create("http://127.0.0.1:1"))));
    }
}
