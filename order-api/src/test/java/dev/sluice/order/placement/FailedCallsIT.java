package dev.sluice.order.placement;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import dev.sluice.order.Client;
import dev.sluice.order.FakeAlipay;
import dev.sluice.order.FakeWechat;
import dev.sluice.order.GivenAnswer;
import dev.sluice.order.RunningApi;
import dev.sluice.order.SharedApi;
import dev.sluice.order.timeline.ShownEntry;
import dev.sluice.order.timeline.Timeline;
import dev.sluice.order.timeline.TimelineEntry;

import static dev.sluice.order.RunningApi.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Answers of the providers that bring no code: what the caller is answered, what an operator reads in the order's timeline, and that the
/// same key goes on where nothing was decided.
@ExtendWith(SharedApi.class)
class FailedCallsIT {
    private static final Charset GBK = Charset.forName("GBK");
    private static final String GBK_TYPE = "text/html;charset=GBK";
    private static final String HTML = "<html><body>502 Bad Gateway</body></html>";
    private static final String UNKNOWN_ERROR = "{\"code\":\"20000\",\"msg\":\"Service Currently Unavailable\","
            + "\"sub_code\":\"aop.unknow-error\",\"sub_msg\":\"系统繁忙\"}";
    private static final String CODE = "{\"code\":\"10000\",\"out_trade_no\":\"%s\",\"qr_code\":\"https://qr.alipay.com/foreign\"}";
    private final RunningApi api;
    private final FakeWechat wechat;
    private final FakeAlipay alipay;
    private final Client user;

    FailedCallsIT(RunningApi api, FakeWechat wechat, FakeAlipay alipay) {
        this.api = api;
        this.wechat = wechat;
        this.alipay = alipay;
        user = api.anotherUser();
    }

    /// An answer, and what of it an operator reads: the reason, and a part of the body.
    static Stream<Arguments> openAnswersOfWechat() {
        return Stream.of(
                Arguments.of(utf8("<xml><return_code>FAIL</return_code><return_msg>商户号mch_id与appid不匹配</return_msg></xml>"),
                        "the answer is not signed by the provider: 商户号mch_id与appid不匹配", "商户号mch_id与appid不匹配"),
                Arguments.of(GivenAnswer.of(502, "text/html", HTML), "HTTP status 502", "502 Bad Gateway"),
                Arguments.of(utf8(HTML), "the answer is not signed by the provider", "502 Bad Gateway"),
                Arguments.of(utf8("{\"code\":\"PARAM_ERROR\",\"message\":\"参数错误\"}"), "the answer is not WeChat Pay's XML", "参数错误"),
                Arguments.of(utf8(""), "the answer is not WeChat Pay's XML", ""),
                Arguments.of(utf8("<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><code_url>weixin://wxp"),
                        "the answer is not WeChat Pay's XML", "weixin://wxp"),
                Arguments.of(GivenAnswer.of("<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>", GBK),
                        "the answer is not WeChat Pay's XML", "<return_code>FAIL</return_code>"),
                Arguments.of(new GivenAnswer(200, "text/xml;charset=GBK", ("<?xml version=\"1.0\" encoding=\"GBK\"?>"
                        + "<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>").getBytes(GBK)),
                        "the answer is not WeChat Pay's XML: not UTF-8", "<return_code>FAIL</return_code>"),
                Arguments.of(utf8("<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><prepay_id>wx1</prepay_id>"
                        + "<code_url>weixin://wxpay/bizpayurl?pr=foreign</code_url></xml>"), "the answer is not signed by the provider",
                        "pr=foreign"),
                Arguments.of(utf8(FakeWechat.signed(Map.of("result_code", "FAIL", "err_code", "SYSTEMERROR", "err_code_des", "系统错误"))),
                        "SYSTEMERROR 系统错误", "系统错误"));
    }

    @ParameterizedTest
    @MethodSource("openAnswersOfWechat")
    void whatWechatPayLeavesOpenIsInTheTimelineAndTheSameKeyGoesOn(GivenAnswer answer, String reason, String body) {
        wechat.answerWith(answer);
        JsonNode refused = user.payBy("wechat", 10, "open", 503);
        String number = wechat.asked.getLast();
        wechat.beKind();

        isLeftOpen(refused, number, reason, body);
        JsonNode order = user.pay(10, "open").path("data");
        assertThat(order.path("order_id").asString()).isEqualTo(number);
        assertThat(order.path("pay_url").asString()).isEqualTo("weixin://wxpay/bizpayurl?pr=" + number);
    }

    static Stream<Arguments> openAnswersOfAlipay() {
        String unsigned = "{\"alipay_trade_precreate_response\":%s}";
        return Stream.of(
                Arguments.of(utf8(unsigned.formatted(
                        "{\"code\":\"40002\",\"msg\":\"Invalid Arguments\",\"sub_code\":\"isv.invalid-signature\",\"sub_msg\":\"验签出错\"}")),
                        "the answer is not signed by the provider: 40002 isv.invalid-signature 验签出错", "验签出错"),
                Arguments.of(utf8(unsigned.formatted(
                        "{\"code\":\"40003\",\"msg\":\"Insufficient Conditions\",\"sub_code\":\"isv.missing-signature-key\"}")),
                        "the answer is not signed by the provider: 40003 isv.missing-signature-key", "Insufficient Conditions"),
                Arguments.of(utf8("{\"error_response\":{\"code\":\"40003\",\"msg\":\"Insufficient Conditions\"}}"),
                        "the answer is not signed by the provider: 40003", "Insufficient Conditions"),
                Arguments.of(GivenAnswer.of(502, "text/html", HTML), "HTTP status 502", "502 Bad Gateway"),
                Arguments.of(utf8(HTML), "the answer is not Alipay's JSON", "502 Bad Gateway"),
                Arguments.of(utf8(""), "the answer is not Alipay's JSON", ""),
                Arguments.of(utf8("{}"), "the answer is not Alipay's JSON", "{}"),
                Arguments.of(utf8("null"), "the answer is not Alipay's JSON", "null"),
                Arguments.of(utf8(unsigned.formatted(CODE.formatted("FOREIGN"))), "the answer is not signed by the provider: 10000",
                        "https://qr.alipay.com/foreign"));
    }

    @ParameterizedTest
    @MethodSource("openAnswersOfAlipay")
    void whatAlipayLeavesOpenIsInTheTimelineAndTheSameKeyGoesOn(GivenAnswer answer, String reason, String body) {
        goesOn(answer, reason, body);
    }

    /// Alipay signs the bytes that it sends. In GBK they are no text to us, whatever the header says, and nothing is taken from them.
    @Test
    void whatAlipaySignedOverGbkBytesIsLeftOpen() {
        String signed = alipay.signed(UNKNOWN_ERROR, GBK);
        for (String type : List.of(GBK_TYPE, "text/html", "")) {
            goesOn(new GivenAnswer(200, type, signed.getBytes(GBK)), "20000 aop.unknow-error", "aop.unknow-error");
        }
    }

    @Test
    void whatAlipaySignedForAnotherNumberIsLeftOpen() {
        goesOn(utf8(alipay.signed(UNKNOWN_ERROR)), "20000 aop.unknow-error 系统繁忙", "系统繁忙");
        goesOn(utf8(alipay.signed(CODE.formatted("FOREIGN"))), "success without qr_code for our order", "https://qr.alipay.com/foreign");
    }

    private void goesOn(GivenAnswer answer, String reason, String body) {
        Client payer = api.anotherUser();
        alipay.answerWith(answer);
        JsonNode refused = payer.payBy("alipay", 10, "open", 503);
        String number = alipay.requests.getLast().path("out_trade_no").asString();
        alipay.beKind();

        isLeftOpen(refused, number, reason, body);
        JsonNode order = payer.payBy("alipay", 10, "open", 200).path("data");
        assertThat(order.path("order_id").asString()).isEqualTo(number);
        assertThat(order.path("pay_url").asString()).isEqualTo("https://qr.alipay.com/bax");
    }

    private void isLeftOpen(JsonNode refused, String number, String reason, String body) {
        assertThat(refused.path("code").asString()).isEqualTo("PROVIDER_UNREACHABLE");
        assertThat(refused.toString()).as("a text that may be anyone's is not for the payer").doesNotContain(number);
        ShownEntry entry = onlyAnswer(number);
        assertThat(entry.data().path("question").asString()).isEqualTo("CREATE");
        assertThat(entry.data().path("meaning").asString()).isEqualTo("UNKNOWN");
        assertThat(entry.data().path("reason").asString()).isNotBlank().contains(reason);
        assertThat(entry.data().path("body").asString()).contains(body);
    }

    /// The commonest faults of a set-up, signed: nothing can be gained by another try.
    @Test
    void aSignedRefusalOfAlipayEndsTheOrderWithItsReason() {
        alipay.answerWith(utf8(alipay.signed(
                "{\"code\":\"40004\",\"msg\":\"Business Failed\",\"sub_code\":\"ACQ.ACCESS_FORBIDDEN\",\"sub_msg\":\"无权限使用接口\"}")));
        JsonNode refused = user.payBy("alipay", 10, "refused", 200);
        String number = alipay.requests.getLast().path("out_trade_no").asString();
        alipay.beKind();

        assertThat(refused.path("code").asString()).isEqualTo("PROVIDER_REFUSED");
        assertThat(user.status(number)).isEqualTo("CLOSED");
        assertThat(user.payBy("alipay", 10, "refused", 200).path("code").asString()).isEqualTo("ORDER_ENDED");
        ShownEntry entry = onlyAnswer(number);
        assertThat(entry.data().path("meaning").asString()).isEqualTo("REFUSED");
        assertThat(entry.data().path("reason").asString()).isEqualTo("ACQ.ACCESS_FORBIDDEN 无权限使用接口");
        assertThat(entry.data().path("body").asString()).contains("ACQ.ACCESS_FORBIDDEN").contains("\"sign\":\"•••\"");
        assertThat(api.operator().get("/api/topup/" + number + "/timeline").path("data").path("entries").valueStream()
                .map(each -> each.path("kind").asString())).containsExactly("OrderCreated", "ProviderAnswer", "OrderClosed");
    }

    private ShownEntry onlyAnswer(String number) {
        await().atMost(SOON).untilAsserted(() -> assertThat(answers(number)).hasSize(1));
        return answers(number).getFirst();
    }

    private List<ShownEntry> answers(String number) {
        return api.bean(Timeline.class).of(number).stream().filter(entry -> entry instanceof TimelineEntry.OfAnswer).map(ShownEntry::of)
                .toList();
    }

    private static GivenAnswer utf8(String body) {
        return GivenAnswer.of(body, StandardCharsets.UTF_8);
    }
}
