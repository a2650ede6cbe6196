package dev.sluice.provider.alipay;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.TricklingGateway;
import dev.sluice.provider.payment.AccountCheckResult;
import dev.sluice.provider.wire.ConnectionFailure;

import static org.assertj.core.api.Assertions.assertThat;

class AlipayAccountCheckTest {
    private static final String ABSENT = "{\"code\":\"40004\",\"msg\":\"Business Failed\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\",\"sub_msg\":\"交易不存在\"}";

    @Test
    void aTradeThatDoesNotExistMeansThatBothSidesBelieveEachOther() {
        assertThat(found(AlipayTill.signed("query", ABSENT))).isEqualTo(new AccountCheckResult.Accepted());
    }

    @Test
    void ourSignatureIsRefusedMostlyWithoutOne() {
        String node = node("40002", "isv.invalid-signature", "验签出错");

        assertThat(found("{\"alipay_trade_query_response\":" + node + "}")).isEqualTo(new AccountCheckResult.SignatureRefused("验签出错"));
        assertThat(found("{\"error_response\":" + node + "}")).isEqualTo(new AccountCheckResult.SignatureRefused("验签出错"));
        assertThat(found(AlipayTill.signed("query", node))).isEqualTo(new AccountCheckResult.SignatureRefused("验签出错"));
    }

    @ParameterizedTest
    @CsvSource({"40002,isv.invalid-app-id,无效的AppID参数", "40006,isv.insufficient-isv-permissions,ISV权限不足",
            "40004,ACQ.ACCESS_FORBIDDEN,无权限使用接口",
            "20001,aop.invalid-auth-token,无效的访问令牌"})
    void anAccountThatTheyDoNotKnowOrLetIsToldWithTheirWords(String code, String subCode, String words) {
        var refused = new AccountCheckResult.AccountRefused(subCode, words);

        assertThat(found("{\"alipay_trade_query_response\":" + node(code, subCode, words) + "}")).isEqualTo(refused);
        assertThat(found(AlipayTill.signed("query", node(code, subCode, words)))).isEqualTo(refused);
    }

    /// The SDK, given the key, would throw and keep the answer to itself.
    @Test
    void anAnswerByAnotherKeyIsNotTheirs() {
        assertThat(found(AlipayTill.signed("query", ABSENT).replace("交易不存在", "交易"))).isEqualTo(new AccountCheckResult.NotTheirSignature());
        assertThat(found(AlipayTill.signed("query", "{\"code\":\"10000\",\"out_trade_no\":\"x\"}").replace("\"x\"", "\"y\"")))
                .isEqualTo(new AccountCheckResult.NotTheirSignature());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{}", "<html>busy</html>", "busy", "``",
            "{\"alipay_trade_query_response\":{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"}}",
            "{\"alipay_trade_query_response\":{\"code\":\"20000\",\"sub_code\":\"isp.unknow-error\"}}"})
    void anythingElseIsUnclear(String answer) {
        assertThat(found(answer)).isInstanceOf(AccountCheckResult.Unclear.class);
    }

    /// No server of names has an opinion on a label this long.
    private static final String NO_NAME = "x".repeat(64) + ".invalid";

    @Test
    void silenceIsToldApart() throws Exception {
        var away = new FakeGateway(request -> "");
        away.close();
        assertThat(found(away.uri())).isEqualTo(new AccountCheckResult.Unreachable(ConnectionFailure.REFUSED));
        assertThat(found(URI.create("http://" + NO_NAME))).isEqualTo(new AccountCheckResult.Unreachable(ConnectionFailure.UNKNOWN_HOST));
        try (var slow = new TricklingGateway()) {
            assertThat(found(slow.uri())).isEqualTo(new AccountCheckResult.Unreachable(ConnectionFailure.TIME_OUT));
        }
        try (var plain = new TricklingGateway()) {
            assertThat(found(URI.create(plain.uri().toString().replace("http:", "https:"))))
                    .isEqualTo(new AccountCheckResult.Unreachable(ConnectionFailure.TLS));
        }
    }

    private static String node(String code, String subCode, String words) {
        return "{\"code\":\"%s\",\"msg\":\"-\",\"sub_code\":\"%s\",\"sub_msg\":\"%s\"}".formatted(code, subCode, words);
    }

    private static AccountCheckResult found(String answer) {
        try (var gateway = new FakeGateway(request -> answer)) {
            return found(gateway.uri());
        }
    }

    private static AccountCheckResult found(URI gateway) {
        try (var check = AlipayTill.speaking(gateway)) {
            return check.accountCheck().examine();
        }
    }
}
