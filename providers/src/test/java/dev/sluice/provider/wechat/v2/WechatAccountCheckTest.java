package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.TricklingGateway;
import dev.sluice.provider.payment.AccountCheckResult;
import dev.sluice.provider.wechat.v2.message.WechatSignType;
import dev.sluice.provider.wechat.v2.message.WechatSignature;
import dev.sluice.provider.wechat.v2.message.WechatXml;
import dev.sluice.provider.wire.ConnectionFailure;

import static org.assertj.core.api.Assertions.assertThat;

class WechatAccountCheckTest {
    private static final WechatSignature ANOTHER = new WechatSignature("0123456789abcdef0123456789abcdef", WechatSignType.HMAC_SHA256);

    @Test
    void anOrderThatDoesNotExistMeansThatBothSidesBelieveEachOther() {
        var asked = new ArrayList<String>();

        assertThat(found(request -> {
            asked.add(WechatTill.asked(request).getOrDefault("out_trade_no", ""));
            return WechatTill.signed(Map.of("result_code", "FAIL", "err_code", "ORDERNOTEXIST"));
        })).isEqualTo(new AccountCheckResult.Accepted());
        found(request -> {
            asked.add(WechatTill.asked(request).getOrDefault("out_trade_no", ""));
            return "";
        });
        assertThat(asked).as("a number that nobody uses").hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void ourSignatureIsRefusedWithWordsOrACodeSignedOrNot() {
        var refused = new AccountCheckResult.SignatureRefused("签名错误");

        assertThat(found("<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>")).isEqualTo(refused);
        assertThat(found("<xml><return_code>FAIL</return_code><return_msg>签名错误，请检查后再试</return_msg></xml>"))
                .isInstanceOf(AccountCheckResult.SignatureRefused.class);
        assertThat(found(WechatTill.signed(Map.of("result_code", "FAIL", "err_code", "SIGNERROR", "err_code_des", "签名错误"))))
                .isEqualTo(refused);
        assertThat(found(signedByAnother(Map.of("result_code", "FAIL", "err_code", "SIGNERROR", "err_code_des", "签名错误"))))
                .as("they sign with the key that we do not have").isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource({"APPID_NOT_EXIST,APPID不存在", "MCHID_NOT_EXIST,MCHID不存在", "APPID_MCHID_NOT_MATCH,appid和mch_id不匹配", "NOAUTH,商户无此接口权限",
            "'',商户号mch_id与appid不匹配"})
    void anAccountThatTheyDoNotKnowIsToldWithTheirWords(String code, String words) {
        assertThat(found(
                "<xml><return_code>FAIL</return_code><return_msg>%s</return_msg><err_code>%s</err_code></xml>".formatted(words, code)))
                .isEqualTo(new AccountCheckResult.AccountRefused(code, words));
        if (!code.isEmpty()) {
            assertThat(found(WechatTill.signed(Map.of("result_code", "FAIL", "err_code", code, "err_code_des", words))))
                    .isEqualTo(new AccountCheckResult.AccountRefused(code, words));
        }
    }

    @Test
    void anAnswerByAnotherKeyIsNotTheirs() {
        assertThat(found(signedByAnother(Map.of("result_code", "FAIL", "err_code", "ORDERNOTEXIST"))))
                .isEqualTo(new AccountCheckResult.NotTheirSignature());
    }

    @Test
    void anythingElseIsUnclear() {
        assertThat(found(WechatTill.signed(Map.of("result_code", "FAIL", "err_code", "SYSTEMERROR", "err_code_des", "系统错误"))))
                .isEqualTo(new AccountCheckResult.Unclear("SYSTEMERROR 系统错误"));
        assertThat(found("<html>busy</html>")).isInstanceOf(AccountCheckResult.Unclear.class);
        assertThat(found("busy")).isInstanceOf(AccountCheckResult.Unclear.class);
    }

    @Test
    void theirWordsAreBounded() {
        String endless = "签名错误".repeat(1_000);
        var found = found(WechatTill.signed(Map.of("result_code", "FAIL", "err_code", "SIGNERROR", "err_code_des", endless)));

        assertThat(found).isInstanceOfSatisfying(AccountCheckResult.SignatureRefused.class,
                refused -> assertThat(refused.words()).hasSize(200));
    }

    @Test
    void silenceIsToldApart() throws Exception {
        var away = new FakeGateway(request -> "");
        away.close();
        try (var check = WechatTill.speaking(away.uri())) {
            assertThat(check.accountCheck().examine()).isEqualTo(new AccountCheckResult.Unreachable(ConnectionFailure.REFUSED));
        }
        try (var slow = new TricklingGateway(); var check = WechatTill.speaking(slow.uri())) {
            assertThat(check.accountCheck().examine()).isEqualTo(new AccountCheckResult.Unreachable(ConnectionFailure.TIME_OUT));
        }
        try (var plain = new TricklingGateway();
                var check = WechatTill.speaking(URI.create(plain.uri().toString().replace("http:", "https:")))) {
            assertThat(check.accountCheck().examine()).isEqualTo(new AccountCheckResult.Unreachable(ConnectionFailure.TLS));
        }
    }

    private static String signedByAnother(Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.putAll(Map.of("return_code", "SUCCESS", "appid", WechatTill.MERCHANT.appId(), "mch_id", WechatTill.MERCHANT.merchantId()));
        all.put("sign", ANOTHER.sign(all));
        return new String(WechatXml.write(all), StandardCharsets.UTF_8);
    }

    private static AccountCheckResult found(String answer) {
        return found(request -> answer);
    }

    private static AccountCheckResult found(Function<String, String> answer) {
        try (var gateway = new FakeGateway(answer); var check = WechatTill.speaking(gateway.uri())) {
            return check.accountCheck().examine();
        }
    }
}
