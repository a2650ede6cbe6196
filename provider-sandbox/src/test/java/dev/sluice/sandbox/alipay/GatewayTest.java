package dev.sluice.sandbox.alipay;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.Trades;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestGateway gateway = new TestGateway();
    private final SettableClock clock = gateway.clock;
    private final Trades trades = gateway.trades;

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void handsOutACodeAndSignsTheRawTextOfTheNode() {
        String answer = answer(anyCall());

        assertThat(answer)
                .matches("\\{\"alipay_trade_precreate_response\":\\{\"code\":\"10000\",\"msg\":\"Success\","
                        + "\"out_trade_no\":\"T_1\","
                        + "\"qr_code\":\"https:\\\\/\\\\/qr\\.alipay\\.com\\\\/bax[0-9a-z]{21}\"\\},\"sign\":\"[^\"]+\"\\}");
        TestGateway.assertSigned(answer);
    }

    @Test
    void takesParametersFromQueryAndForm() {
        Map<String, String> form = TestGateway.sign(anyCall());
        Map<String, String> query = new HashMap<>(form);
        assertThat(query.keySet().removeIf("biz_content"::equals)).isTrue();
        assertThat(form.keySet().removeIf(name -> !name.equals("biz_content"))).isTrue();

        assertThat(gateway.answer(FormParameters.write(query), FormParameters.write(form))).contains("\"10000\"");
    }

    @ParameterizedTest
    @CsvSource({
            "app_id, '', 40001, isv.missing-app-id",
            "app_id, 9021000122682883, 40002, isv.invalid-app-id",
            "sign_type, '', 40001, isv.missing-signature-type",
            "sign_type, RSA, 40002, isv.invalid-signature-type"
    })
    void refusesAStrangerUnsigned(String name, String value, String code, String subCode) {
        String answer = answer(with(name, value));

        assertRefused(answer, "alipay_trade_precreate_response", code, subCode);
        assertThat(answer).doesNotContain("\"sign\"");
    }

    @Test
    void refusesAMissingOrWrongSignatureUnsigned() {
        Map<String, String> call = TestGateway.sign(anyCall());
        call.put("sign", "");
        String missing = gateway.answer("", FormParameters.write(call));
        call.put("sign", "AAAA");
        String wrong = gateway.answer("", FormParameters.write(call));

        assertRefused(missing, "alipay_trade_precreate_response", "40001", "isv.missing-signature");
        assertRefused(wrong, "alipay_trade_precreate_response", "40002", "isv.invalid-signature");
        assertThat(missing + wrong).doesNotContain("\"sign\"");
    }

    @ParameterizedTest
    @CsvSource({
            "charset, GBK, 40002, isv.invalid-charset",
            "format, xml, 40002, isv.invalid-format",
            "timestamp, '', 40001, isv.missing-timestamp",
            "timestamp, 2026-11-20 02:00:00, 40002, isv.invalid-timestamp",
            "timestamp, 2026-11-20 10:15:01, 40002, isv.invalid-timestamp",
            "timestamp, 20261120100000, 40002, isv.invalid-timestamp",
            "version, '', 40001, isv.missing-version",
            "version, 2.0, 40002, isv.invalid-parameter",
            "notify_url, merchant.example, 40002, isv.invalid-parameter",
            "biz_content, '', 40002, isv.invalid-parameter",
            "biz_content, [], 40002, isv.invalid-parameter",
            "biz_content, not json, 40002, isv.invalid-parameter"
    })
    void refusesAMalformedCallSigned(String name, String value, String code, String subCode) {
        String answer = answer(with(name, value));

        assertRefused(answer, "alipay_trade_precreate_response", code, subCode);
        TestGateway.assertSigned(answer);
    }

    /// The commonest fault: a client on a machine in UTC.
    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20 02:00:00", "2026-11-20T02:00:00Z"})
    void theRefusalOfATimeInUtcNamesTheZone(String timestamp) {
        String answer = answer(with("timestamp", timestamp));

        assertThat(JSON.readTree(answer).path("alipay_trade_precreate_response").path("sub_msg").asString()).contains("GMT+8");
        TestGateway.assertSigned(answer);
    }

    @ParameterizedTest
    @CsvSource({"'', 40001, isv.missing-method", "alipay.trade.cancel, 40002, isv.invalid-method"})
    void refusesMethodsItDoesNotPlay(String method, String code, String subCode) {
        String answer = answer(with("method", method));

        assertRefused(answer, "error_response", code, subCode);
        TestGateway.assertSigned(answer);
    }

    @ParameterizedTest
    @CsvSource({
            "out_trade_no, '', ACQ.INVALID_PARAMETER",
            "out_trade_no, with-dash, ACQ.INVALID_PARAMETER",
            "total_amount, '', ACQ.INVALID_PARAMETER",
            "total_amount, 0.00, ACQ.INVALID_PARAMETER",
            "total_amount, 1.001, ACQ.INVALID_PARAMETER",
            "total_amount, 1e2, ACQ.INVALID_PARAMETER",
            "total_amount, 100000000.01, ACQ.TOTAL_FEE_EXCEED",
            "subject, '', ACQ.INVALID_PARAMETER",
            "subject, a/b, ACQ.INVALID_PARAMETER",
            "subject, a=b, ACQ.INVALID_PARAMETER",
            "subject, a&b, ACQ.INVALID_PARAMETER",
            "seller_id, 2088000000000000, ACQ.PARTNER_ERROR",
            "timeout_express, 1.5h, ACQ.INVALID_PARAMETER",
            "qr_code_timeout_express, 16d, ACQ.INVALID_PARAMETER",
            "time_expire, 2026-11-20 10:00:00, ACQ.INVALID_PARAMETER",
            "time_expire, tomorrow, ACQ.INVALID_PARAMETER"
    })
    void refusesABadOrderSigned(String name, String value, String subCode) {
        String answer = answer(with("biz_content", anyOrder().put(name, value).toString()));

        assertRefused(answer, "alipay_trade_precreate_response", "40004", subCode);
        TestGateway.assertSigned(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"total_amount\":7.30}", "{\"subject\":\"a\",\"subject\":\"b\"}", "{} {}"})
    void refusesAmountsThatAreNumbersAndFieldsThatComeTwice(String content) {
        assertRefused(answer(with("biz_content", content)), "alipay_trade_precreate_response", "40002", "isv.invalid-parameter");
    }

    @Test
    void refusesANumberThatWasOpenedOnOtherTermsOrPaid() {
        String code = code(answer(anyCall()));
        Map<String, String> dearer = with("biz_content", anyOrder().put("total_amount", "99.90").toString());
        assertThat(answer(dearer)).contains("\"10000\"");

        assertThat(trades.open(code)).isInstanceOf(Scan.Accepted.class);
        assertRefused(answer(dearer), "alipay_trade_precreate_response", "40004", "ACQ.CONTEXT_INCONSISTENT");
        assertThat(answer(with("biz_content", anyOrder().put("total_amount", "7.3").toString()))).contains("\"10000\"");

        assertThat(trades.pay(code)).isInstanceOf(Scan.Accepted.class);
        assertRefused(answer(anyCall()), "alipay_trade_precreate_response", "40004", "ACQ.TRADE_HAS_SUCCESS");
    }

    @ParameterizedTest
    @CsvSource({
            "timeout_express, 5m, 5",
            "timeout_express, 1d, 120",
            "qr_code_timeout_express, 10m, 10",
            "time_expire, 2026-11-20 10:20:00, 20"
    })
    void aCodeDiesInTime(String name, String value, long minutes) {
        String code = code(answer(with("biz_content", anyOrder().put(name, value).toString())));

        clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
        assertThat(trades.open(code)).isInstanceOf(Scan.Accepted.class);
        assertThat(trades.leave(code)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(trades.open(code)).isEqualTo(new Scan.Refused(Scan.Reason.EXPIRED_CODE));
    }

    private String answer(Map<String, String> call) {
        return gateway.answer("", FormParameters.write(TestGateway.sign(call)));
    }

    private static void assertRefused(String answer, String node, String code, String subCode) {
        JsonNode refusal = JSON.readTree(answer).path(node);
        assertThat(refusal.path("code").asString()).isEqualTo(code);
        assertThat(refusal.path("sub_code").asString()).isEqualTo(subCode);
    }

    private static String code(String answer) {
        return JSON.readTree(answer).path("alipay_trade_precreate_response").path("qr_code").asString();
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> call = anyCall();
        call.put(name, value);
        return call;
    }

    private Map<String, String> anyCall() {
        Map<String, String> call = gateway.unsigned("alipay.trade.precreate", anyOrder());
        call.put("notify_url", "http://127.0.0.1/notify");
        return call;
    }

    private static ObjectNode anyOrder() {
        return JSON.createObjectNode().put("out_trade_no", "T_1").put("total_amount", "7.30").put("subject", "AI服务充值");
    }
}
