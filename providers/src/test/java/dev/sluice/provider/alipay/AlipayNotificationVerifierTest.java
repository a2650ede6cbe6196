package dev.sluice.provider.alipay;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import com.alipay.easysdk.kernel.util.Signer;
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
import dev.sluice.provider.alipay.account.AlipayVerificationKeys;
import dev.sluice.provider.notification.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("zone")
class AlipayNotificationVerifierTest {
    private static final long SEED = 20261122;
    static final Merchant MERCHANT = new Merchant("9021000122682882", "2088721003899159");

    @Test
    void believesARealNoticeOfAlipaysSandbox() {
        byte[] body = Vectors.get("ali_async_notify_form.body").getBytes(StandardCharsets.UTF_8);

        assertThat(realVerifier().verify(Received.of(body))).isEqualTo(
                new Verdict.Paid(new TradeNumber("1703147160"), MERCHANT, new TransactionId("2023122122001499160501589436"), Money.ofFen(1),
                        Instant.parse("2023-12-21T08:26:43Z")));
    }

    @Test
    void signsWhatTheVectorSigns() {
        assertThat(AlipaySignature.signedText(Vectors.parameters("ali_async_notify"))).isEqualTo(Vectors.get("ali_async_notify.signed"));
    }

    @ParameterizedTest
    @CsvSource({"total_amount=0.01,total_amount=0.02", "yansongda%2B,yansongda+", "TRADE_SUCCESS,TRADE_FINISHED", "gmt_create,gmt_created"})
    void aChangedNoticeIsForged(String from, String to) {
        byte[] body = Vectors.get("ali_async_notify_form.body").replace(from, to).getBytes(StandardCharsets.UTF_8);

        assertThat(realVerifier().verify(Received.of(body))).isEqualTo(new Verdict.Forged("wrong sign"));
    }

    /// The official SDK and its successor easysdk as oracles, over texts that need every kind of escaping.
    @Test
    void agreesWithTheOfficialSdkAndWithEasySdk() throws Exception {
        var random = new SplittableRandom(SEED);
        String publicKey = Base64.getEncoder().encodeToString(TestKeys.ALIPAY.getPublic().getEncoded());
        for (int i = 0; i < 100; i++) {
            Map<String, String> notice = anyNotice();
            notice.put("subject", randomText(random));
            notice.put("x_" + i, randomText(random));
            sign(notice);
            if (i % 3 == 0) {
                notice.put("subject", notice.get("subject") + "!");
            }

            boolean ours = verify(notice) instanceof Verdict.Paid;

            assertThat(ours).as("seed %d, run %d", SEED, i).isEqualTo(i % 3 != 0);
            assertThat(com.alipay.api.internal.util.AlipaySignature.rsaCheckV1(new HashMap<>(notice), publicKey, "utf-8", "RSA2"))
                    .isEqualTo(ours);
            assertThat(Signer.verifyParams(new HashMap<>(notice), publicKey)).isEqualTo(ours);
        }
    }

    @Test
    void refusesTheWeakerAlgorithmEvenWhenItIsRightlySigned() {
        Map<String, String> notice = anyNotice();
        notice.put("sign_type", "RSA");
        notice.put("sign", TestKeys.sign(AlipaySignature.signedText(notice), "SHA1withRSA"));

        assertThat(verify(notice)).isEqualTo(new Verdict.Forged("sign_type is not RSA2"));
        notice.put("sign_type", "RSA2");
        assertThat(verify(notice)).isEqualTo(new Verdict.Forged("wrong sign"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64!", "="})
    void anythingElseIsNoSign(String sign) {
        Map<String, String> notice = anyNotice();
        notice.put("sign", sign);

        assertThat(verify(notice)).isInstanceOf(Verdict.Forged.class);
    }

    @ParameterizedTest
    @CsvSource({"app_id,9021000122682883", "seller_id,2088000000000000"})
    void aNoticeAboutAnotherMerchantIsNotOurs(String field, String value) {
        Map<String, String> notice = anyNotice();
        notice.put(field, value);
        notice.put("body", MERCHANT.appId());

        assertThat(verify(sign(notice))).isEqualTo(new Verdict.Forged("not our merchant"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAIT_BUYER_PAY", "TRADE_CLOSED"})
    void onlySuccessAndFinishedArePayments(String status) {
        Map<String, String> notice = anyNotice();
        notice.put("trade_status", status);

        assertThat(verify(sign(notice))).isInstanceOf(Verdict.NotAPayment.class);
    }

    @Test
    void finishedIsThePaymentToo() {
        Map<String, String> notice = anyNotice();
        notice.put("trade_status", "TRADE_FINISHED");

        assertThat(verify(sign(notice))).isInstanceOf(Verdict.Paid.class);
    }

    @Test
    void aRefundIsNotAPaymentButZeroRefundedIs() {
        Map<String, String> plain = anyNotice();
        plain.put("refund_fee", "0.00");
        Map<String, String> partly = anyNotice();
        partly.put("refund_fee", "0.01");
        Map<String, String> dated = anyNotice();
        dated.put("gmt_refund", "2015-04-28 15:45:57.320");

        assertThat(verify(sign(plain))).isInstanceOf(Verdict.Paid.class);
        assertThat(verify(sign(partly))).isInstanceOfSatisfying(Verdict.NotAPayment.class,
                refund -> assertThat(refund.what()).isEqualTo("a refund"));
        assertThat(verify(sign(dated))).isInstanceOfSatisfying(Verdict.NotAPayment.class,
                refund -> assertThat(refund.what()).isEqualTo("a refund"));
    }

    /// Empty is absent, in the signature and in the meaning.
    @ParameterizedTest
    @ValueSource(strings = {"gmt_refund", "refund_fee", "out_biz_no", "body"})
    void anEmptyFieldMeansNothing(String field) {
        Map<String, String> notice = anyNotice();
        notice.put(field, "");

        assertThat(verify(sign(notice))).isInstanceOf(Verdict.Paid.class);
    }

    /// As a form parser of the URL standard reads it; only a line break at the end belongs to the last value.
    @Test
    void takesAFormWithOddEnds() {
        String form = form(sign(anyNotice()));

        for (String odd : List.of(form + "&", "&" + form, form.replaceFirst("&", "&&"), form + "&body", form + "&body=")) {
            assertThat(verify(odd)).as(odd).isInstanceOf(Verdict.Paid.class);
        }
        assertThat(verify(form + "\r\n")).isInstanceOf(Verdict.Forged.class);
        assertThat(verify(form + "&=")).isInstanceOf(Verdict.Forged.class);
    }

    @Test
    void takesAFormWithEveryCharacterEscaped() {
        String escaped = sign(anyNotice()).entrySet().stream().map(field -> field.getKey() + "=" + field.getValue().chars()
                .mapToObj("%%%02x"::formatted).collect(Collectors.joining())).collect(Collectors.joining("&"));

        assertThat(verify(escaped)).isInstanceOf(Verdict.Paid.class);
    }

    @Test
    void aPaymentWithoutItsTimeHasTheTimeOfTheNotificationOrOfItsReceipt() {
        Map<String, String> notice = anyNotice();
        notice.remove("gmt_payment");
        assertThat(verify(sign(notice))).isInstanceOfSatisfying(Verdict.Paid.class, paid -> {
            assertThat(paid.paidAt()).isEqualTo(Instant.EPOCH);
            assertThat(paid.paidAtBasis()).isEqualTo(PaidAtBasis.RECEIPT);
        });

        notice.put("notify_time", "2023-12-21 16:26:44");
        assertThat(verify(sign(notice))).isInstanceOfSatisfying(Verdict.Paid.class, paid -> {
            assertThat(paid.paidAt()).isEqualTo(Instant.parse("2023-12-21T08:26:44Z"));
            assertThat(paid.paidAtBasis()).isEqualTo(PaidAtBasis.NOTIFICATION);
        });
    }

    @ParameterizedTest
    @CsvSource({"total_amount,1.999", "total_amount,", "gmt_payment,now", "trade_no,", "out_trade_no,a b", "refund_fee,x", "trade_status,",
            "trade_status,trade_success",
            "trade_status,TRADE_PENDING"})
    void signedNonsenseIsNotAccepted(String field, String value) {
        Map<String, String> notice = anyNotice();
        notice.put(field, value == null ? "" : value);

        assertThat(verify(sign(notice))).isInstanceOf(Verdict.Unclear.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "a", "a=1&a=1", "a=%zz", "a=%ff", "a=1&&b=2", "\u00e4=1", "{\"a\":1}"})
    void refusesWhatIsNotAForm(String body) {
        assertThat(realVerifier().verify(Received.of(body.getBytes(StandardCharsets.UTF_8)))).isInstanceOf(Verdict.Forged.class);
    }

    @Test
    void refusesWhatIsTooLongOrHasTooManyParameters() {
        String many = "app_id=" + MERCHANT.appId() + "&"
                + java.util.stream.IntStream.range(0, 300).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining("&"));

        assertThat(realVerifier().verify(Received.of(("app_id=" + MERCHANT.appId() + "1".repeat(17_000)).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Verdict.Forged("longer than 16384 bytes"));
        assertThat(realVerifier().verify(Received.of(many.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Verdict.Forged("more than 200 parameters"));
    }

    private static AlipayNotificationVerifier realVerifier() {
        return new AlipayNotificationVerifier(
                new AlipayVerificationKeys(MERCHANT, TestKeys.publicKey(Vectors.get("ali_async_notify.alipay_public_key"))));
    }

    static Map<String, String> anyNotice() {
        return new HashMap<>(
                Map.of("app_id", MERCHANT.appId(), "seller_id", MERCHANT.merchantId(), "trade_status", "TRADE_SUCCESS", "out_trade_no",
                        "T-1", "trade_no", "20231221", "total_amount",
                        "73.00", "gmt_payment", "2023-12-21 16:26:43", "sign_type", "RSA2", "charset", "utf-8"));
    }

    /// The signed text is the official SDK's.
    static Map<String, String> sign(Map<String, String> notice) {
        Map<String, String> signed = new HashMap<>(notice);
        signed.keySet().removeAll(List.of("sign", "sign_type"));
        String text = com.alipay.api.internal.util.AlipaySignature.getSignContent(signed);
        notice.put("sign", TestKeys.sign(text, "SHA256withRSA"));
        return notice;
    }

    static Verdict verify(Map<String, String> notice) {
        return verify(form(notice));
    }

    static Verdict verify(String form) {
        return new AlipayNotificationVerifier(new AlipayVerificationKeys(MERCHANT, TestKeys.ALIPAY.getPublic()))
                .verify(Received.of(form.getBytes(StandardCharsets.UTF_8)));
    }

    static String form(Map<String, String> notice) {
        return notice
                .entrySet()
                .stream()
                .map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String randomText(SplittableRandom random) {
        int[] alphabet = "0aZ&=<>+% 中文😀\"'-/\\".codePoints().toArray();
        var text = new StringBuilder("t");
        for (int i = 0; i < random.nextInt(1, 30); i++) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.append('t').toString();
    }
}
