package dev.sluice.provider.alipay;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.provider.Vectors;

import static org.assertj.core.api.Assertions.assertThat;

class AlipayAnswerTest {
    private static final AlipaySignature REAL = new AlipaySignature(
            TestKeys.publicKey(Vectors.get("ali_async_notify.alipay_public_key")));

    @ParameterizedTest
    @ValueSource(strings = {"alipay_trade_precreate_response", "alipay_trade_query_response", "alipay_trade_close_response",
            "alipay_trade_refund_response",
            "alipay_trade_fastpay_refund_query_response", "alipay_fund_trans_uni_transfer_response",
            "alipay_fund_trans_common_query_response"})
    void believesRealAnswersOfAlipaysSandbox(String name) {
        String body = "{\"%s\":%s,\"sign\":\"%s\"}".formatted(name, vector(name, "node"), vector(name, "sign"));

        assertThat(AlipayAnswer.signedNode(body, name, REAL))
                .hasValueSatisfying(node -> assertThat(node.path("code").asString()).isEqualTo("10000"));
        assertThat(AlipayAnswer.signedNode(body.replace("10000", "10001"), name, REAL)).isEmpty();
    }

    @Test
    void believesARealAnswerOfTheProductionGateway() {
        var signature = new AlipaySignature(TestKeys.publicKey(Vectors.get("ali_sync_gopay.alipay_public_key")));
        String body = "{\"alipay_trade_pay_response\":%s,\"sign\":\"%s\"}".formatted(Vectors.get("ali_sync_gopay.node"),
                Vectors.get("ali_sync_gopay.sign"));

        assertThat(AlipayAnswer.signedNode(body, "alipay_trade_pay_response", signature)).isPresent();
    }

    @Test
    void needsTheExactTextWithItsEscapes() {
        String name = "alipay_trade_precreate_response";
        String body = "{\"sign\":\"%s\", \"%s\" : %s }".formatted(vector(name, "sign"), name, vector(name, "node"));

        assertThat(AlipayAnswer.signedNode(body, name, REAL)).as("order and blanks outside the node do not matter").isPresent();
        assertThat(AlipayAnswer.signedNode(body.replace("\\/", "/"), name, REAL)).as("escapes inside it do").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "<html></html>", "{\"n\":{\"code\":\"10000\"}}", "{\"n\":{},\"sign\":\"\"}",
            "{\"n\":\"text\",\"sign\":\"AAAA\"}",
            "{\"n\":{\"code\":\"10000\"},\"sign\":\"AAAA\"}", "{\"n\":{", "{\"n\":{},\"n\":{},\"sign\":\"AAAA\"}"})
    void anythingElseIsNotAnAnswer(String body) {
        assertThat(AlipayAnswer.signedNode(body, "n", REAL)).isEmpty();
    }

    private static String vector(String name, String what) {
        return Vectors.get("ali_sync_responses.items." + name + "." + what);
    }
}
