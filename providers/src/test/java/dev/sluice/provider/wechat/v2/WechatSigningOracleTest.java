package dev.sluice.provider.wechat.v2;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.FakeGateway;
import dev.sluice.provider.Orders;
import dev.sluice.provider.Received;
import dev.sluice.provider.notification.NotifyUrl;
import dev.sluice.provider.notification.Verdict;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrOrder;
import dev.sluice.provider.wechat.v2.message.WechatXml;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/// Version 2 signs requests, answers and notifications with one key, and joins their fields with characters that a field may have. So a
/// message must be of use only for what it was signed for.
class WechatSigningOracleTest {
    private static final String OWN = "01JD8X2V9Y4Q6R8T0W2Z4B6D8G";
    private static final String MORE = "&out_trade_no=" + OWN + "&result_code=SUCCESS&return_code=SUCCESS&time_end=20261122160000"
            + "&total_fee=730000&trade_type=NATIVE&transaction_id=42000099990000&zzz=";

    /// An operator places an order of their own, puts the fields of a notification into `ServerAddress`, has another order signed for a
    /// gateway of their own, and cuts what that gets into a notification.
    @Test
    void anAddressWithFieldsInItGetsNoNotificationSigned() {
        var notifyUrl = new NotifyUrl(URI.create("https://pay.example.com/x" + MORE), Providers.WECHAT).uri();
        List<Map<String, String>> captured = new ArrayList<>();
        try (var gateway = new FakeGateway(request -> {
            captured.add(WechatTill.asked(request));
            return WechatTill.signed(Map.of());
        }); var connection = WechatTill.speaking(gateway.uri())) {
            connection.qr().create(order(notifyUrl, "203.0.113.7"));
        }

        for (Map<String, String> request : captured) {
            Map<String, String> forged = new HashMap<>();
            String text = String.join("&", request.entrySet().stream().filter(field -> !field.getKey().equals("sign")).sorted(
                    Map.Entry.comparingByKey()).map(field -> field.getKey() + "=" + field.getValue()).toList());
            String last = text.substring(text.indexOf("&zzz=") + 5);
            for (String pair : text.substring(0, text.indexOf("&zzz=")).split("&", -1)) {
                forged.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
            forged.put("zzz", last);
            forged.put("sign", request.get("sign"));
            assertThat(verify(forged)).isInstanceOf(Verdict.Forged.class);
        }
        assertThat(captured).as("signed requests with such an address").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7&total_fee=1", "203.0.113.7\n", "203.0.113.7\uFFFE", "a=b"})
    void noFieldThatCouldBeCutIsSentAndTheOrderEnds(String clientAddress) {
        List<String> sent = new ArrayList<>();
        try (var gateway = new FakeGateway(request -> {
            sent.add(request);
            return WechatTill.signed(Map.of());
        }); var connection = WechatTill.speaking(gateway.uri())) {
            assertThat(connection.qr().create(order(Orders.anyOrder().notifyUrl(), clientAddress)).answer())
                    .isInstanceOfSatisfying(QrAnswer.Refused.class,
                            refused -> assertThat(refused.reason()).contains("spbill_create_ip").doesNotContain("203.0.113"));
        }
        assertThat(sent).isEmpty();
    }

    /// A captured request or answer that is sent to the notify URL as it is.
    @ParameterizedTest
    @CsvSource({"spbill_create_ip,203.0.113.7", "notify_url,https://pay.example.com", "product_id,1", "trade_state,SUCCESS",
            "prepay_id,wx1", "code_url,weixin://x"})
    void aRequestOrAnAnswerIsNoNotification(String field, String value) {
        Map<String, String> notification = notification();
        notification.put(field, value);

        assertThat(verify(signed(notification))).isInstanceOf(Verdict.Forged.class);
    }

    @Test
    void aNotificationIsOfAQrPayment() {
        Map<String, String> notification = notification();
        assertThat(verify(signed(notification))).isInstanceOf(Verdict.Paid.class);

        notification.put("trade_type", "JSAPI");
        assertThat(verify(signed(notification))).isInstanceOf(Verdict.Unclear.class);
        notification.remove("trade_type");
        assertThat(verify(signed(notification))).isInstanceOf(Verdict.Unclear.class);
    }

    @ParameterizedTest
    @CsvSource({"trade_state,NOTPAY", "prepay_id,wx1", "code_url,weixin://x", "total_fee,1", "transaction_id,42"})
    void anAnswerToAnotherQuestionClosesNothing(String field, String value) {
        String replayed = WechatTill.signed(Map.of("result_code", "SUCCESS", field, value));

        try (var gateway = new FakeGateway(_ -> replayed); var connection = WechatTill.speaking(gateway.uri())) {
            assertThat(connection.closing().close(new TradeNumber(OWN)).answer()).isInstanceOf(CloseResult.Unknown.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"prepay_id,", "trade_state,NOTPAY"})
    void anAnswerToAnotherQuestionIsNoCode(String field, String value) {
        Map<String, String> answer = new HashMap<>(
                Map.of("result_code", "SUCCESS", "code_url", "weixin://wxpay/bizpayurl?pr=x", "prepay_id", "wx1"));
        answer.put(field, value == null ? "" : value);

        try (var gateway = new FakeGateway(_ -> WechatTill.signed(answer)); var connection = WechatTill.speaking(gateway.uri())) {
            assertThat(connection.qr().create(Orders.anyOrder()).answer()).isInstanceOf(QrAnswer.Unknown.class);
        }
    }

    /// A party between WeChat Pay and us cannot merge the fields that betray an answer into the value before them: the signed text, and so
    /// the signature, would be the same.
    @ParameterizedTest
    @CsvSource({"return_msg,OK,trade_state,NOTPAY", "result_msg,OK&sub_mch_id=1,total_fee,1", "nonce_str,n,prepay_id,wx1"})
    void anAnswerToAnotherQuestionClosesNothingWhenItsFieldsAreMerged(String into, String value, String field, String merged) {
        String replayed = WechatTill.signed(Map.of("result_code", "SUCCESS", into, value + "&" + field + "=" + merged));

        try (var gateway = new FakeGateway(_ -> replayed); var connection = WechatTill.speaking(gateway.uri())) {
            assertThat(connection.closing().close(new TradeNumber(OWN)).answer()).isInstanceOf(CloseResult.Unknown.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"attach,x&trade_state=REFUND", "attach,x&spbill_create_ip=203.0.113.7", "bank_type,CMB&fee_type=HKD",
            "sub_openid,o&time_end=20261122160000", "attach,x&out_trade_no=T-1"})
    void noFieldThatCountsCanBeMergedIntoAnotherOfANotification(String field, String value) {
        Map<String, String> notification = notification();
        notification.put(field, value);

        assertThat(verify(signed(notification))).isInstanceOf(Verdict.Forged.class);
    }

    /// Merchants write what they like into `attach`, and new fields may come.
    @ParameterizedTest
    @CsvSource({"attach,a&b", "attach,'<&> a=1&b=2 &total_fee'", "x_future_field,a&b=c", "coupon_id_0,1&coupon_fee=1"})
    void freeTextMayHaveAnAmpersand(String field, String value) {
        Map<String, String> notification = notification();
        notification.put(field, value);

        assertThat(verify(signed(notification))).isInstanceOf(Verdict.Paid.class);
    }

    @ParameterizedTest
    @CsvSource({"trade_type,NATIVE&trade_state=NOTPAY", "openid,o&out_trade_no=T", "refund_id_0,5&refund_status_0=SUCCESS"})
    void noFieldThatCountsCanBeMergedIntoAnotherOfAnAnswer(String field, String value) {
        String answer = WechatTill.signed(Map.of("result_code", "SUCCESS", "out_trade_no", OWN, "trade_state", "CLOSED", field, value));

        try (var gateway = new FakeGateway(_ -> answer); var connection = WechatTill.speaking(gateway.uri())) {
            assertThat(connection.query().query(new TradeNumber(OWN)).answer()).isInstanceOf(PaymentState.Unknown.class);
        }
    }

    @Test
    void aCloseAnswerThatNamesAnotherOrderClosesNothing() {
        String answer = WechatTill.signed(Map.of("result_code", "SUCCESS", "out_trade_no", "T-2"));

        try (var gateway = new FakeGateway(_ -> answer); var connection = WechatTill.speaking(gateway.uri())) {
            assertThat(connection.closing().close(new TradeNumber(OWN)).answer()).isInstanceOf(CloseResult.Unknown.class);
        }
    }

    private static QrOrder order(URI notifyUrl, String clientAddress) {
        QrOrder any = Orders.anyOrder();
        return new QrOrder(any.tradeNumber(), any.money(), any.subject(), any.createdAt(), any.expiresAt(), notifyUrl, clientAddress);
    }

    private static Map<String, String> notification() {
        return new HashMap<>(Map.of("result_code", "SUCCESS", "trade_type", "NATIVE", "out_trade_no", OWN, "transaction_id", "4200001",
                "total_fee", "100", "time_end", "20261122160000"));
    }

    private static Map<String, String> signed(Map<String, String> fields) {
        return WechatTill.asked(WechatTill.signed(fields));
    }

    private static Verdict verify(Map<String, String> fields) {
        byte[] body = new String(WechatXml.write(fields), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return new WechatNotificationVerifier(WechatTill.at(URI.create("http://127.0.0.1:1"))).verify(Received.of(body));
    }
}
