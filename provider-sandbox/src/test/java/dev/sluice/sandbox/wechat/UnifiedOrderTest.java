package dev.sluice.sandbox.wechat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.TimeScale;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.fault.TestFaults;
import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.TestTrades;
import dev.sluice.sandbox.trade.Trades;

import static dev.sluice.sandbox.AnyMerchant.API_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class UnifiedOrderTest {
    private final SettableClock clock = new SettableClock();
    private final Trades trades = TestTrades.forgetful(clock);
    private final FaultInjection faults = TestFaults.none();
    private final TimeScale scale = new TimeScale(1);
    private final WechatOrders orders = new WechatOrders(trades, faults, new OrderTerms(clock, scale), clock, scale);
    private final WechatController controller = new WechatController(
            new WechatMerchant(AnyMerchant.properties(), new Random(42)), orders, faults, TestFaults.responses(faults));

    @ParameterizedTest
    @EnumSource
    void takesAnOrderAndSignsTheAnswerTheSameWay(SignType type) {
        Map<String, String> answer = order(anyOrder(), type);

        assertThat(answer)
                .containsEntry("return_code", "SUCCESS")
                .containsEntry("result_code", "SUCCESS")
                .containsEntry("appid", AnyMerchant.WECHAT_APP_ID)
                .containsEntry("mch_id", AnyMerchant.MCH_ID)
                .containsEntry("trade_type", "NATIVE");
        assertThat(answer.get("code_url")).matches("weixin://wxpay/bizpayurl\\?pr=[0-9A-Za-z]{9}");
        assertThat(answer.get("prepay_id")).matches("wx20261120100000[0-9a-f]{20}");
        assertThat(type.verifies(answer, API_KEY)).isTrue();
    }

    @Test
    void givesTheSameCodeForTheSameOrder() {
        Map<String, String> first = order(anyOrder(), SignType.MD5);

        Map<String, String> second = order(with("nonce_str", "another"), SignType.MD5);

        assertThat(second.get("code_url")).isEqualTo(first.get("code_url"));
        assertThat(second.get("prepay_id")).isEqualTo(first.get("prepay_id"));
    }

    @ParameterizedTest
    @CsvSource({"total_fee, 731", "body, other", "attach, x", "notify_url, http://127.0.0.1/other", "time_expire, 20261120103001"})
    void refusesTheSameNumberWithAnythingElse(String name, String value) {
        assertThat(order(anyOrder(), SignType.MD5)).containsEntry("result_code", "SUCCESS");

        assertThat(order(with(name, value), SignType.MD5)).containsEntry("err_code", "INVALID_REQUEST");
    }

    @Test
    void refusesANumberThatIsPaid() {
        String code = Objects.requireNonNull(order(anyOrder(), SignType.MD5).get("code_url"));
        assertThat(trades.pay(code)).isInstanceOf(Scan.Accepted.class);

        Map<String, String> answer = order(anyOrder(), SignType.MD5);

        assertThat(answer).containsEntry("result_code", "FAIL").containsEntry("err_code", "ORDERPAID");
        assertThat(SignType.MD5.verifies(answer, API_KEY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "body", "out_trade_no", "total_fee", "spbill_create_ip", "notify_url", "trade_type", "product_id", "appid", "mch_id",
            "nonce_str"
    })
    void refusesAnOrderThatLacksAField(String name) {
        Map<String, String> answer = order(with(name, ""), SignType.MD5);

        assertThat(answer).containsEntry("return_code", "FAIL").containsEntry("err_code", "LACK_PARAMS").doesNotContainKey("sign");
        assertThat(answer.get("return_msg")).isEqualTo("缺少参数: " + name);
    }

    @ParameterizedTest
    @CsvSource({
            "appid, unknown, APPID_NOT_EXIST",
            "appid, wx0000000000000000, APPID_MCHID_NOT_MATCH",
            "mch_id, 10000101, MCHID_NOT_EXIST",
            "sign_type, RSA, SIGNERROR"
    })
    void refusesAStrangerUnsigned(String name, String value, String code) {
        assertThat(order(with(name, value), SignType.MD5))
                .containsEntry("return_code", "FAIL")
                .containsEntry("err_code", code)
                .doesNotContainKey("sign");
    }

    @Test
    void refusesAWrongSignature() {
        Map<String, String> order = anyOrder();
        order.put("sign", SignType.MD5.sign(order, API_KEY));
        order.put("total_fee", "1");

        assertThat(read(taken(bytes(order))))
                .containsEntry("return_code", "FAIL")
                .containsEntry("return_msg", "签名错误")
                .containsEntry("err_code", "SIGNERROR")
                .doesNotContainKey("sign");
    }

    @ParameterizedTest
    @CsvSource({
            "total_fee, 0",
            "total_fee, -1",
            "total_fee, 7.30",
            "total_fee, 01",
            "total_fee, 99999999999",
            "fee_type, USD",
            "out_trade_no, short",
            "out_trade_no, with blank",
            "out_trade_no, 123456789012345678901234567890123",
            "spbill_create_ip, localhost",
            "spbill_create_ip, 1.2.3.256",
            "notify_url, ftp://merchant.example/notify",
            "notify_url, https://merchant.example/notify?id=1",
            "notify_url, /notify",
            "trade_type, BARTER",
            "time_start, 2026-11-20",
            "time_expire, 20261399000000",
            "nonce_str, 123456789012345678901234567890123"
    })
    void refusesABadValue(String name, String value) {
        Map<String, String> answer = order(with(name, value), SignType.MD5);

        assertThat(answer).containsEntry("result_code", "FAIL").containsEntry("err_code", "INVALID_REQUEST");
        assertThat(answer.get("err_code_des")).isEqualTo("参数错误: " + name);
        assertThat(SignType.MD5.verifies(answer, API_KEY)).isTrue();
    }

    @Test
    void countsTheBodyInBytes() {
        assertThat(order(with("body", "充".repeat(42)), SignType.MD5)).containsEntry("result_code", "SUCCESS");
        assertThat(order(with("body", "充".repeat(43)), SignType.MD5)).containsEntry("err_code", "INVALID_REQUEST");
    }

    @Test
    void refusesTradeTypesTheMerchantHasNotSignedUpFor() {
        assertThat(order(with("trade_type", "JSAPI"), SignType.MD5)).containsEntry("err_code", "NOAUTH");
    }

    @Test
    void refusesATimeExpireBeforeTheStart() {
        Map<String, String> order = with("time_start", "20261120103000");

        assertThat(order(order, SignType.MD5)).containsEntry("err_code", "INVALID_REQUEST");
    }

    /// The second that has begun counts in the merchant's favour.
    @ParameterizedTest
    @CsvSource({"20261120100459, SUCCESS", "20261120100458, FAIL", "20261120095959, FAIL"})
    void takesATimeExpireThatIsFiveMinutesAhead(String expiry, String result) {
        Map<String, String> answer = order(with("time_expire", expiry), SignType.MD5);

        assertThat(answer).containsEntry("result_code", result);
        if (result.equals("FAIL")) {
            assertThat(answer).containsEntry("err_code", "PARAM_ERROR").containsEntry("err_code_des", "time_expire时间过短，刷卡至少1分钟，其他5分钟");
            assertThat(SignType.MD5.verifies(answer, API_KEY)).isTrue();
        }
    }

    @Test
    void aCodeDiesAtTimeExpireOrAfterTwoHours() {
        String soon = Objects.requireNonNull(order(anyOrder(), SignType.MD5).get("code_url"));
        Map<String, String> endless = with("time_expire", "20261121100000");
        endless.put("out_trade_no", "another-order");
        String later = Objects.requireNonNull(order(endless, SignType.MD5).get("code_url"));

        clock.advance(Duration.ofMinutes(30));
        assertThat(trades.open(soon)).isEqualTo(new Scan.Refused(Scan.Reason.EXPIRED_CODE));
        clock.advance(Duration.ofMinutes(90));
        assertThat(trades.open(later)).isEqualTo(new Scan.Refused(Scan.Reason.EXPIRED_CODE));
    }

    @Test
    void refusesWhatIsNoXml() {
        assertThat(read(taken(new byte[0]))).containsEntry("err_code", "POST_DATA_EMPTY");
        assertThat(read(taken(new byte[]{(byte) 0xFF}))).containsEntry("err_code", "NOT_UTF8");
        assertThat(read(taken("<!DOCTYPE xml><xml></xml>".getBytes(UTF_8)))).containsEntry("err_code", "XML_FORMAT_ERROR");
        assertThat(read(taken("<xml><appid>1</appid><appid>2</appid></xml>".getBytes(UTF_8))))
                .containsEntry("err_code", "XML_FORMAT_ERROR");
    }

    private Map<String, String> order(Map<String, String> order, SignType type) {
        Map<String, String> signed = new HashMap<>(order);
        if (type == SignType.HMAC_SHA256) {
            signed.put("sign_type", "HMAC-SHA256");
        }
        signed.put("sign", type.sign(signed, API_KEY));
        return read(taken(bytes(signed)));
    }

    private String taken(byte[] body) {
        return controller.take(body, orders::place).xml();
    }

    private static byte[] bytes(Map<String, String> fields) {
        return WechatXml.write(fields).getBytes(UTF_8);
    }

    private static Map<String, String> read(String answer) {
        return ((WechatXml.Fields) WechatXml.read(answer.getBytes(UTF_8))).values();
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> order = anyOrder();
        order.put(name, value);
        return order;
    }

    private static Map<String, String> anyOrder() {
        Map<String, String> order = new HashMap<>();
        order.put("appid", AnyMerchant.WECHAT_APP_ID);
        order.put("mch_id", AnyMerchant.MCH_ID);
        order.put("nonce_str", "ibuaiVcKdpRxkhJA");
        order.put("body", "AI服务充值");
        order.put("out_trade_no", "01JD4Z3V8Q6M2N5R7T9W1X3Y5Z");
        order.put("total_fee", "730");
        order.put("spbill_create_ip", "::1");
        order.put("notify_url", "http://127.0.0.1/notify");
        order.put("trade_type", "NATIVE");
        order.put("product_id", "quota");
        order.put("time_expire", "20261120103000");
        return order;
    }
}
