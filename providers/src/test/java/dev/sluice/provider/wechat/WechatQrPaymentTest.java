package dev.sluice.provider.wechat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.Merchant;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.Orders;
import dev.sluice.provider.QrAnswer;
import dev.sluice.provider.TricklingGateway;

import static org.assertj.core.api.Assertions.assertThat;

class WechatQrPaymentTest {
    private static final Merchant MERCHANT = new Merchant("wxd930ea5d5a258f4f", "10000100");
    private static final String KEY = "192006250b4c09247ec02edce69f6a2d";
    private static final WechatSignature SIGNATURE = new WechatSignature(KEY, WechatSignType.HMAC_SHA256);

    @Test
    void asksWithSignedFieldsInBeijingTime() throws Exception {
        var asked = new HashMap<String, String>();
        try (var gateway = new FakeGateway(request -> {
            asked.putAll(parse(request));
            return answer(Map.of("result_code", "SUCCESS", "code_url", "weixin://wxpay/bizpayurl?pr=abc"), fields -> fields);
        })) {
            assertThat(payment(gateway).create(Orders.anyOrder())).isEqualTo(new QrAnswer.Code("weixin://wxpay/bizpayurl?pr=abc"));
        }

        assertThat(SIGNATURE.isRight(asked)).isTrue();
        assertThat(asked)
                .containsEntry("total_fee", "7300")
                .containsEntry("trade_type", "NATIVE")
                .containsEntry("time_start", "20261123040000")
                .containsEntry("time_expire", "20261123043000")
                .containsEntry("sign_type", "HMAC-SHA256")
                .containsEntry("out_trade_no", "01JD8X2V9Y4Q6R8T0W2Z4B6D8F");
    }

    @Test
    void believesNoAnswerThatIsNotSigned() {
        assertUnknown(answer(Map.of("result_code", "SUCCESS", "code_url", "weixin://evil"), fields -> {
            fields.remove("sign");
            return fields;
        }));
        assertUnknown(answer(Map.of("result_code", "SUCCESS", "code_url", "weixin://evil"), fields -> {
            fields.put("code_url", "weixin://other");
            return fields;
        }));
        assertUnknown(answer(Map.of("result_code", "SUCCESS", "code_url", "weixin://evil", "mch_id", "1"), fields -> fields));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>busy</html>", "{}", "<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>"})
    void anAnswerThatSaysNothingLeavesItOpen(String answer) {
        assertUnknown(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYSTEMERROR", "FREQUENCY_LIMITED", "ORDERPAID", "INVALID_REQUEST", "OUT_TRADE_NO_USED"})
    void someCodesLeaveItOpen(String code) {
        assertUnknown(answer(Map.of("result_code", "FAIL", "err_code", code), fields -> fields));
    }

    @Test
    void aSignedRefusalIsFinal() {
        try (var gateway = new FakeGateway(request -> answer(Map.of("result_code", "FAIL", "err_code", "NOAUTH"), fields -> fields))) {
            assertThat(payment(gateway).create(Orders.anyOrder())).isEqualTo(new QrAnswer.Refused("NOAUTH"));
        }
    }

    @Test
    void aGatewayThatIsSlowOrAwayLeavesItOpenInTime() throws Exception {
        try (var gateway = new TricklingGateway()) {
            long started = System.nanoTime();
            assertThat(new WechatQrPayment(new WechatMerchant(MERCHANT, KEY, WechatSignType.HMAC_SHA256, gateway.uri()))
                    .create(Orders.anyOrder()))
                    .isInstanceOf(QrAnswer.Unknown.class);
            assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(9_000);
        }
        var away = new FakeGateway(request -> "");
        away.close();
        assertThat(payment(away).create(Orders.anyOrder())).isInstanceOf(QrAnswer.Unknown.class);
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() {
        assertUnknown("<xml>" + "x".repeat(10_000_000));
    }

    private static void assertUnknown(String answer) {
        try (var gateway = new FakeGateway(request -> answer)) {
            assertThat(payment(gateway).create(Orders.anyOrder())).isInstanceOf(QrAnswer.Unknown.class);
        }
    }

    private static WechatQrPayment payment(FakeGateway gateway) {
        return new WechatQrPayment(new WechatMerchant(MERCHANT, KEY, WechatSignType.HMAC_SHA256, gateway.uri()));
    }

    private static String answer(Map<String, String> fields, UnaryOperator<Map<String, String>> afterSigning) {
        Map<String, String> all = new HashMap<>(
                Map.of("return_code", "SUCCESS", "appid", MERCHANT.appId(), "mch_id", MERCHANT.merchantId(), "nonce_str", "n"));
        all.putAll(fields);
        all.put("sign", SIGNATURE.sign(all));
        return new String(WechatXml.write(afterSigning.apply(all)), StandardCharsets.UTF_8);
    }

    private static Map<String, String> parse(String xml) {
        try {
            return WechatXml.parse(xml.getBytes(StandardCharsets.UTF_8));
        } catch (WechatXml.MalformedXmlException e) {
            throw new AssertionError(e);
        }
    }
}
