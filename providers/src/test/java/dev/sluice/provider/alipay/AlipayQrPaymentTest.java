package dev.sluice.provider.alipay;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.value.PayAction;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.Orders;
import dev.sluice.provider.TricklingGateway;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrPayment;

import static org.assertj.core.api.Assertions.assertThat;

class AlipayQrPaymentTest {
    private static final String CODE = "{\"code\":\"10000\",\"msg\":\"Success\",\"out_trade_no\":\"01JD8X2V9Y4Q6R8T0W2Z4B6D8F\",\"qr_code\":\"https:\\/\\/qr.alipay.com\\/bax1\"}";

    @Test
    @Tag("zone")
    void asksWithWhatTheOfficialSdkFindsRightlySigned() throws Exception {
        Map<String, String> asked = new HashMap<>();

        assertThat(create(request -> {
            asked.putAll(parse(request));
            return signed(CODE);
        })).isEqualTo(new QrAnswer.Ready(new PayAction.QrCode("https://qr.alipay.com/bax1")));

        var content = JsonMapper.shared().readTree(asked.get("biz_content"));
        assertThat(content.path("total_amount").asString()).isEqualTo("73.00");
        assertThat(content.path("time_expire").asString()).isEqualTo("2026-11-23 04:30:00");
        assertThat(content.path("seller_id").asString()).isEqualTo(AlipayTill.MERCHANT.merchantId());
        assertThat(asked).containsEntry("sign_type", "RSA2").containsEntry("method", "alipay.trade.precreate").containsEntry("charset",
                "utf-8");
        String publicKey = Base64.getEncoder().encodeToString(TestKeys.APPLICATION.getPublic().getEncoded());
        assertThat(com.alipay.api.internal.util.AlipaySignature.rsaCheckV2(new HashMap<>(asked), publicKey, "utf-8", "RSA2")).isTrue();
    }

    @Test
    void believesNoSuccessAndNoFailureThatIsNotSigned() {
        String failure = "{\"code\":\"40004\",\"msg\":\"Business Failed\",\"sub_code\":\"ACQ.ACCESS_FORBIDDEN\",\"sub_msg\":\"无权限使用接口\"}";

        assertThat(create(request -> "{\"alipay_trade_precreate_response\":" + CODE + "}")).isInstanceOf(QrAnswer.Unknown.class);
        assertThat(create(request -> "{\"alipay_trade_precreate_response\":" + failure + "}")).isInstanceOf(QrAnswer.Unknown.class);
        assertThat(create(request -> signed(CODE).replace("bax1", "bax2"))).isInstanceOf(QrAnswer.Unknown.class);
        assertThat(create(request -> signed(failure))).isEqualTo(new QrAnswer.Refused("ACQ.ACCESS_FORBIDDEN 无权限使用接口"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"code\":\"20000\",\"msg\":\"Service Currently Unavailable\",\"sub_code\":\"isp.unknow-error\"}",
            "{\"code\":\"40004\",\"sub_code\":\"ACQ.SYSTEM_ERROR\"}",
            "{\"code\":\"40004\"}", "{\"code\":\"10000\"}",
            "{\"code\":\"10000\",\"out_trade_no\":\"ANOTHER\",\"qr_code\":\"https://qr.alipay.com/x\"}",
            "{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_HAS_SUCCESS\"}",
            "{\"code\":\"40005\",\"sub_code\":\"isv.call-limited\"}", "{}"})
    void aSignedAnswerThatDecidesNothingLeavesItOpen(String node) {
        assertThat(create(request -> signed(node))).isInstanceOf(QrAnswer.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40004 ACQ.INVALID_PARAMETER", "40004 ACQ.A_CODE_OF_TOMORROW", "40006 isv.insufficient-isv-permissions",
            "40002 isv.invalid-app-id", "40001 isv.missing-method", "20001 aop.invalid-auth-token"})
    void anyOtherSignedRefusalIsFinal(String codes) {
        String code = codes.substring(0, 5);
        String subCode = codes.substring(6);

        assertThat(create(request -> signed("{\"code\":\"" + code + "\",\"sub_code\":\"" + subCode + "\",\"sub_msg\":\"x\"}")))
                .isEqualTo(new QrAnswer.Refused(subCode + " x"));
    }

    @Test
    void anAnswerThatIsNotSignedIsGivenWithItsWordsAndItsBytes() {
        String answer = "{\"error_response\":{\"code\":\"40002\",\"sub_code\":\"isv.invalid-signature\",\"sub_msg\":\"验签出错\"}}";
        try (var gateway = new FakeGateway(request -> answer)) {
            var response = payment(gateway.uri()).create(Orders.anyOrder());
            assertThat(response.answer())
                    .isEqualTo(new QrAnswer.Unknown("the answer is not signed by the provider: 40002 isv.invalid-signature 验签出错"));
            assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>busy</html>", "null"})
    void whateverTheSdkThrowsLeavesItOpen(String answer) {
        assertThat(create(request -> answer)).isInstanceOf(QrAnswer.Unknown.class);
    }

    @Test
    void aGatewayThatTricklesItsAnswerLeavesItOpenInTime() throws Exception {
        try (var gateway = new TricklingGateway()) {
            long started = System.nanoTime();
            assertThat(payment(gateway.uri()).create(Orders.anyOrder()).answer()).isInstanceOf(QrAnswer.Unknown.class);
            assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(12_000);
        }
    }

    @Test
    void aGatewayThatIsAwayLeavesItOpen() {
        assertThat(payment(URI.create("http://127.0.0.1:1")).create(Orders.anyOrder()).answer()).isInstanceOf(QrAnswer.Unknown.class);
    }

    /// In a JVM where the SDK has been used: what its static initialiser does to everybody's TLS is undone.
    @Test
    void leavesTheJvmsCertificateRulesAlone() {
        create(request -> signed(CODE));

        assertThat(Security.getProperty("jdk.certpath.disabledAlgorithms")).contains("MD5").contains("RSA keySize");
    }

    @Test
    void theSdkLogsNothingOfWhatItSends() {
        List<String> logged = new ArrayList<>();
        var root = (ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT");
        var appender = new ch.qos.logback.core.AppenderBase<ch.qos.logback.classic.spi.ILoggingEvent>() {
            @Override
            protected void append(ch.qos.logback.classic.spi.ILoggingEvent event) {
                logged.add(event.getLoggerName() + " " + event.getFormattedMessage());
            }
        };
        appender.start();
        root.addAppender(appender);
        root.setLevel(ch.qos.logback.classic.Level.TRACE);

        create(request -> signed(CODE));
        create(request -> "<html>busy</html>");

        assertThat(logged).noneMatch(line -> line.startsWith("sdk.") || line.contains("sign=") || line.contains("biz_content"));
        root.detachAppender(appender);
    }

    private static QrAnswer create(Function<String, String> answer) {
        try (var gateway = new FakeGateway(answer)) {
            return payment(gateway.uri()).create(Orders.anyOrder()).answer();
        }
    }

    private static QrPayment payment(URI gateway) {
        return AlipayTill.speaking(gateway).qr();
    }

    private static String signed(String node) {
        return AlipayTill.signed("precreate", node);
    }

    private static Map<String, String> parse(String form) {
        Map<String, String> parameters = new HashMap<>();
        Arrays.stream(form.split("&")).filter(pair -> pair.contains("=")).forEach(pair -> {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        });
        return parameters;
    }
}
