package dev.sluice.provider.wechat.v2;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.PayAction;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.Orders;
import dev.sluice.provider.TricklingGateway;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.wechat.v2.message.WechatXml;

import static org.assertj.core.api.Assertions.assertThat;

class WechatQrPaymentTest {
    @Test
    @Tag("zone")
    void asksWithSignedFieldsInBeijingTime() throws Exception {
        var asked = new HashMap<String, String>();
        try (var gateway = new FakeGateway(request -> {
            asked.putAll(WechatTill.asked(request));
            return answer(Map.of("result_code", "SUCCESS", "code_url", "weixin://wxpay/bizpayurl?pr=abc", "prepay_id", "wx1"),
                    fields -> fields);
        })) {
            assertThat(payment(gateway).create(Orders.anyOrder()).answer())
                    .isEqualTo(new QrAnswer.Ready(new PayAction.QrCode("weixin://wxpay/bizpayurl?pr=abc")));
        }

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
    @ValueSource(strings = {"", "<html>busy</html>", "{}", "<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>",
            "<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><code_url>weixin://wxp"})
    void anAnswerThatSaysNothingLeavesItOpen(String answer) {
        assertUnknown(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYSTEMERROR", "FREQUENCY_LIMITED", "BIZERR_NEED_RETRY", "ORDERPAID", "OUT_TRADE_NO_USED", ""})
    void someCodesLeaveItOpen(String code) {
        assertUnknown(answer(Map.of("result_code", "FAIL", "err_code", code), fields -> fields));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVALID_REQUEST", "PARAM_ERROR", "NOAUTH", "ORDERCLOSED", "SIGNERROR", "A_CODE_OF_TOMORROW"})
    void anyOtherSignedRefusalIsFinal(String code) {
        String answer = answer(Map.of("result_code", "FAIL", "err_code", code, "err_code_des", "参数错误\n第二行"), fields -> fields);
        try (var gateway = new FakeGateway(request -> answer)) {
            assertThat(payment(gateway).create(Orders.anyOrder()).answer()).isEqualTo(new QrAnswer.Refused(code + " 参数错误 第二行"));
        }
    }

    @Test
    void anAnswerThatIsNotSignedIsGivenWithItsWordsAndItsBytes() {
        String words = "<xml><return_code>FAIL</return_code><return_msg>商户号mch_id与appid不匹配</return_msg></xml>";
        try (var gateway = new FakeGateway(request -> words)) {
            var response = payment(gateway).create(Orders.anyOrder());
            assertThat(response.answer())
                    .isEqualTo(new QrAnswer.Unknown("the answer is not signed by the provider: 商户号mch_id与appid不匹配"));
            assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo(words);
        }
    }

    @Test
    void aSignedRefusalIsFinal() {
        String answer = answer(Map.of("result_code", "FAIL", "err_code", "NOAUTH", "err_code_des", "商户无此接口权限"), fields -> fields);
        try (var gateway = new FakeGateway(request -> answer)) {
            var response = payment(gateway).create(Orders.anyOrder());
            assertThat(response.answer()).isEqualTo(new QrAnswer.Refused("NOAUTH 商户无此接口权限"));
            assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo(answer);
        }
    }

    @Test
    void aGatewayThatIsSlowOrAwayLeavesItOpenInTime() throws Exception {
        try (var gateway = new TricklingGateway()) {
            long started = System.nanoTime();
            assertThat(WechatTill.speaking(gateway.uri()).qr()
                    .create(Orders.anyOrder()).answer())
                    .isInstanceOf(QrAnswer.Unknown.class);
            assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(9_000);
        }
        var away = new FakeGateway(request -> "");
        away.close();
        assertThat(payment(away).create(Orders.anyOrder()).answer()).isInstanceOf(QrAnswer.Unknown.class);
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() {
        assertUnknown("<xml>" + "x".repeat(10_000_000));
    }

    private static void assertUnknown(String answer) {
        try (var gateway = new FakeGateway(request -> answer)) {
            assertThat(payment(gateway).create(Orders.anyOrder()).answer()).isInstanceOf(QrAnswer.Unknown.class);
        }
    }

    private static QrPayment payment(FakeGateway gateway) {
        return WechatTill.speaking(gateway.uri()).qr();
    }

    private static String answer(Map<String, String> fields, UnaryOperator<Map<String, String>> afterSigning) {
        Map<String, String> signed = new HashMap<>(WechatTill.asked(WechatTill.signed(fields)));
        return new String(WechatXml.write(afterSigning.apply(signed)), StandardCharsets.UTF_8);
    }
}
