package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.Received;
import dev.sluice.provider.Vectors;
import dev.sluice.provider.notification.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

class WechatNotificationVerifierTest {
    private static final Merchant MERCHANT = new Merchant("wxd930ea5d5a258f4f", "10000100");
    private static final String KEY = Vectors.get("wx_v2_doc.key");

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
        assertThat(verifier(WechatSignType.MD5).verify(Received.of("<xml".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Verdict.Forged("not XML"));
    }

    @Test
    void aNoticeAboutAnotherMerchantIsNotOurs() {
        Map<String, String> notice = anyNotice();
        notice.put("mch_id", "10000101");

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
            "transaction_id,", "out_trade_no,a b"})
    void signedNonsenseIsNotAccepted(String field, String value) {
        Map<String, String> notice = anyNotice();
        notice.put(field, value == null ? "" : value);

        assertThat(verify(signed(notice))).isInstanceOf(Verdict.Unclear.class);
    }

    private static Map<String, String> anyNotice() {
        return new HashMap<>(
                Map.of("appid", MERCHANT.appId(), "mch_id", MERCHANT.merchantId(), "return_code", "SUCCESS", "result_code", "SUCCESS",
                        "out_trade_no", "1409811653",
                        "transaction_id", "1004400740201409030005092168", "total_fee", "100", "time_end", "20140903131540",
                        "x_future_field", "a&b"));
    }

    private static Map<String, String> signed(Map<String, String> fields) {
        fields.put("sign", new WechatSignature(KEY, WechatSignType.MD5).sign(fields));
        return fields;
    }

    private static Verdict verify(Map<String, String> fields) {
        return verifier(WechatSignType.MD5).verify(Received.of(WechatXml.write(fields)));
    }

    private static WechatNotificationVerifier verifier(WechatSignType type) {
        return new WechatNotificationVerifier(new WechatMerchant(MERCHANT, KEY, type, List.of(URI.create("http://127.0.0.1:1"))));
    }
}
