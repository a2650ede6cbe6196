package dev.sluice.sandbox.alipay;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.AnyMerchant;

import static org.assertj.core.api.Assertions.assertThat;

/// Against what Alipay's own sandbox really sent (from the tests of yansongda/pay).
class AlipaySignatureTest {
    private static final String ALIPAY_KEY = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAl2PJhW04G1sClzEDwMw1nxCjlyDTubFhn89bcEzP7GB/mFWnfIRXydM2qvDALpJggj"
            + "eCIc3Orm0AobZOltic1MGOBrFWcoOMyT7haV3X05jPa0qy6bMg5YJZy7/5mjTQL/3jPJM+TA3YTNV8wPUsJgWINENAGFIakS4HTj3oGIuPvbMg"
            + "L1z7Yd66TIYzfA4FRwa08XXaZLC/u+EJ8tUedhQhPjwWQBL0H+bhoqWZSIW3/xdMZrMf8RF9uM22Y3mE1DAnxseXrxjW2Kg0q/47mOjXGBcrQU"
            + "OeaAB+0SamdFu6LP9ylQOESg0bpFhgqhUWIT/QYJ1I8PQrVYy9QZkAIwIDAQAB";
    private static final String NOTIFICATION = "gmt_create=2023-12-21+16%3A26%3A32&charset=utf-8&gmt_payment=2023-12-21+16%3A26%3A43&notify_time=2023-12-21+16"
            + "%3A26%3A45&subject=yansongda%2B%E6%B5%8B%E8%AF%95+-+1&sign=Rs7SszD15WqbdJsGZPN%2BHpCBcQzBCkJx0ccNeg1rpUxyTVA1p"
            + "s2vJ4sLhaa7O%2BlliTj6N1MSGqc8cK6JSs7nPg731RAOfneirtrqrlW2u0m15kWAKrVjgPGLUMtK%2FeT15e%2F6NcxsWra%2FbsZaan%2BnF"
            + "DzO8xceOwy96W%2BqVUtTPfBRBp9Zjryi5oIONOifGMALD284YbNC3qq2eyqVysF%2Bzgk%2B%2FMtuHk2Eh%2FfL7UbClHQXQ2hD686Dt8bR9"
            + "49TNMbkWCYXstmjVBO55qF8xhaoF%2Fb5zAe5%2FO%2F13g%2FQlwDXBcF3XwJpbFWrBehoFFCnJhR%2FxXZ0E%2BD2Vsw1oAQ3l%2BR2dQ%3D"
            + "%3D&buyer_id=2088722003899169&invoice_amount=0.01&version=1.0&notify_id=2023122101222162644199160501632046&fun"
            + "d_bill_list=%5B%7B%22amount%22%3A%220.01%22%2C%22fundChannel%22%3A%22ALIPAYACCOUNT%22%7D%5D&notify_type=trade_"
            + "status_sync&out_trade_no=1703147160&total_amount=0.01&trade_status=TRADE_SUCCESS&trade_no=20231221220014991605"
            + "01589436&auth_app_id=9021000122682882&receipt_amount=0.01&point_amount=0.00&app_id=9021000122682882&buyer_pay_"
            + "amount=0.01&sign_type=RSA2&seller_id=2088721003899159";
    private static final String NODE = "{\"code\":\"10000\",\"msg\":\"Success\",\"out_trade_no\":\"1704093802\","
            + "\"qr_code\":\"https:\\/\\/qr.alipay.com\\/bax07651xvtprxfkmxyf00a9\"}";
    private static final String NODE_SIGN = "Mz0jF7DeQ6ogyle/5P6cxqbezmR9RNkuJFNIiH4bPrcHjwnaNsb3Ad5PAFc7xERDHOvfdWkNzx8++Ov+cAhfqIcKWNLyL7UFiRIeL1LoLku2K0"
            + "rcAXeuxm9KKjYaEl3lr0JFQE/zUElfDcQn3s9ujNFkkMNOcPgQwbSPlEXja0a4syG76FnTknsITHONIbCCsIWnHMuf95cq8zkgjMUOlfVOL8l4"
            + "Iv0n9n2r9H1OJKv+2GmDp6ntc9xAhrIlO+f5urp1N+LzO9lDx5r1HIjqlSiemNZAdQveQjRuOtx/FM4KhFvn3312Xv7XuKW9iqNnBSwXOEAuUX"
            + "ghXcqD8xl05g==";

    @Test
    void verifiesARealNotification() throws GeneralSecurityException {
        Map<String, String> notification = FormParameters.read("", NOTIFICATION).orElseThrow();

        assertThat(AlipaySignature.verifies(AlipaySignature.text(notification, "sign", "sign_type"), sign(notification), alipayKey()))
                .isTrue();
    }

    @Test
    void refusesARealNotificationWhoseAmountWasChanged() throws GeneralSecurityException {
        Map<String, String> notification = new HashMap<>(FormParameters.read("", NOTIFICATION).orElseThrow());
        notification.put("total_amount", "100.00");

        assertThat(AlipaySignature.verifies(AlipaySignature.text(notification, "sign", "sign_type"), sign(notification), alipayKey()))
                .isFalse();
    }

    @Test
    void verifiesARealAnswerOverItsRawText() throws GeneralSecurityException {
        assertThat(AlipaySignature.verifies(NODE, NODE_SIGN, alipayKey())).isTrue();
        assertThat(AlipaySignature.verifies(NODE.replace("\\/", "/"), NODE_SIGN, alipayKey())).isFalse();
    }

    @Test
    void verifiesWhatItSigned() {
        String sign = AlipaySignature.sign(AlipaySignature.RSA2, "a=支付", AnyMerchant.ALIPAY_KEYS.getPrivate());

        assertThat(AlipaySignature.verifies("a=支付", sign, AnyMerchant.ALIPAY_KEYS.getPublic())).isTrue();
        assertThat(AlipaySignature.verifies("a=支付", sign, AnyMerchant.APPLICATION_KEYS.getPublic())).isFalse();
    }

    @Test
    void takesNoNonsenseForASignature() {
        assertThat(AlipaySignature.verifies("a=1", "not base64!", AnyMerchant.ALIPAY_KEYS.getPublic())).isFalse();
        assertThat(AlipaySignature.verifies("a=1", "AAAA", AnyMerchant.ALIPAY_KEYS.getPublic())).isFalse();
        assertThat(AlipaySignature.verifies("a=1", "", AnyMerchant.ALIPAY_KEYS.getPublic())).isFalse();
    }

    private static String sign(Map<String, String> notification) {
        return Objects.requireNonNull(notification.get("sign"));
    }

    private static PublicKey alipayKey() throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(ALIPAY_KEY)));
    }
}
