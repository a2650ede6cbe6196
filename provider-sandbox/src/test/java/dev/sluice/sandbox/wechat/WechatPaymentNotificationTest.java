package dev.sluice.sandbox.wechat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.TradeTerms;

import static dev.sluice.sandbox.AnyMerchant.API_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class WechatPaymentNotificationTest {
    private static final Trade.Payment PAYMENT = new Trade.Payment(SettableClock.START, "2026112012345678901234567890123456");

    private final WechatPaymentNotification notification = new WechatPaymentNotification(
            new WechatMerchant(AnyMerchant.properties(), new Random(42)));

    @Test
    void reportsWhatWasOrderedAndPaid() {
        Map<String, String> fields = fields(Map.of("attach", "user 7"));

        assertThat(fields)
                .containsEntry("total_fee", "730")
                .containsEntry("cash_fee", "730")
                .containsEntry("attach", "user 7")
                .containsEntry("time_end", "20261120100000")
                .containsEntry("transaction_id", "4200000263202611207700134212")
                .doesNotContainKey("device_info");
        assertThat(SignType.MD5.verifies(fields, API_KEY)).isTrue();
    }

    @Test
    void reportsAWrongAmountEverywhereAndSignsIt() {
        Map<String, String> fields = read(trade(Map.of()).withFen(729));

        assertThat(fields).containsEntry("total_fee", "729").containsEntry("cash_fee", "729");
        assertThat(SignType.MD5.verifies(fields, API_KEY)).isTrue();
    }

    @Test
    void doesNotSayThatItUsesHmacWhenTheOrderDid() {
        Map<String, String> fields = fields(Map.of("sign_type", "HMAC-SHA256"));

        assertThat(fields).doesNotContainKey("sign_type");
        assertThat(SignType.HMAC_SHA256.verifies(fields, API_KEY)).isTrue();
    }

    @Test
    void isDeliveredForADayAndFourMinutes() {
        assertThat(notification.form().pauses()).hasSize(15);
        assertThat(notification.form().pauses().stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofHours(24).plusMinutes(4));
    }

    @Test
    void isAcknowledgedBySuccessWithStatus200() {
        byte[] success = "<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>".getBytes(UTF_8);

        assertThat(notification.acknowledgedBy(200, success)).isTrue();
        assertThat(notification.acknowledgedBy(500, success)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SUCCESS", "<xml><return_code>FAIL</return_code></xml>", "<xml><return_code>success</return_code></xml>"})
    void isAcknowledgedByNothingElse(String answer) {
        assertThat(notification.acknowledgedBy(200, answer.getBytes(UTF_8))).isFalse();
    }

    private Map<String, String> fields(Map<String, String> terms) {
        return read(trade(terms));
    }

    private Map<String, String> read(Trade trade) {
        return ((WechatXml.Fields) WechatXml.read(notification.compose(trade).text().getBytes(UTF_8))).values();
    }

    private static Trade trade(Map<String, String> fields) {
        var terms = new TradeTerms(
                new TradeKey(Provider.WECHAT, "01JD4Z3V8Q6M2N5R7T9W1X3Y5Z"),
                730,
                "AI服务充值",
                AnyMerchant.MCH_ID,
                URI.create("http://127.0.0.1/notify"),
                fields,
                SettableClock.START,
                null);
        return new Trade(terms, SettableClock.START, "4200000263202611207700134212", PAYMENT, null);
    }
}
