package dev.sluice.sandbox.alipay;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.TradeTerms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class AlipayTradeNotificationTest {
    private static final Trade.Payment PAYMENT = new Trade.Payment(SettableClock.START.plusSeconds(9),
            "2026112012345678901234567890123456");

    private final SettableClock clock = new SettableClock();
    private final AlipayTradeNotification notification = new AlipayTradeNotification(AnyMerchant.properties(),
            new AlipaySignature(AnyMerchant.properties()),
            clock);

    @Test
    void reportsWhatWasOrderedAndPaid() {
        assertThat(fields())
                .containsEntry("notify_id", PAYMENT.notificationId())
                .containsEntry("trade_status", "TRADE_SUCCESS")
                .containsEntry("total_amount", "7.30")
                .containsEntry("subject", "AI服务充值 + 1")
                .containsEntry("passback_params", "user%3D7")
                .containsEntry("refund_fee", "0.00")
                .containsEntry("gmt_create", "2026-11-20 10:00:00")
                .containsEntry("gmt_payment", "2026-11-20 10:00:09")
                .containsEntry("fund_bill_list", "[{\"amount\":\"7.30\",\"fundChannel\":\"ALIPAYACCOUNT\"}]");
    }

    @Test
    void signsEverythingButSignAndSignType() {
        Map<String, String> fields = fields();

        assertThat(verifies(fields, "sign", "sign_type")).isTrue();
        assertThat(verifies(fields, "sign")).isFalse();
    }

    @Test
    void reportsAWrongAmountEverywhereAndSignsIt() {
        Map<String, String> fields = read(notification.compose(trade().withFen(729)));

        assertThat(fields)
                .containsEntry("total_amount", "7.29")
                .containsEntry("receipt_amount", "7.29")
                .containsEntry("buyer_pay_amount", "7.29");
        assertThat(verifies(fields, "sign", "sign_type")).isTrue();
    }

    @Test
    void hasTheTimeOfSending() {
        assertThat(fields()).containsEntry("notify_time", "2026-11-20 10:00:00");
        clock.advance(Duration.ofMinutes(4));

        assertThat(fields()).containsEntry("notify_time", "2026-11-20 10:04:00").containsEntry("notify_id", PAYMENT.notificationId());
    }

    @Test
    void isDeliveredEightTimesIn25Hours() {
        assertThat(notification.form().pauses()).hasSize(7);
        assertThat(notification.form().pauses().stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofHours(24).plusMinutes(24));
    }

    @Test
    void isAcknowledgedBySuccessWithStatus200() {
        assertThat(notification.acknowledgedBy(200, "success".getBytes(UTF_8))).isTrue();
        assertThat(notification.acknowledgedBy(201, "success".getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SUCCESS", "success\n", " success", "\uFEFFsuccess", "<html>success</html>", "fail"})
    void isAcknowledgedByNothingElse(String answer) {
        assertThat(notification.acknowledgedBy(200, answer.getBytes(UTF_8))).isFalse();
    }

    private static boolean verifies(Map<String, String> fields, String... except) {
        String sign = Objects.requireNonNull(fields.get("sign"));
        return AlipaySignature.verifies(AlipaySignature.text(fields, except), sign, AnyMerchant.ALIPAY_KEYS.getPublic());
    }

    private Map<String, String> fields() {
        return read(notification.compose(trade()));
    }

    private static Map<String, String> read(NotificationBody body) {
        return FormParameters.read("", body.text()).orElseThrow();
    }

    private static Trade trade() {
        var terms = new TradeTerms(
                new TradeKey(Provider.ALIPAY, "01JD4Z3V8Q6M2N5R7T9W1X3Y5Z"),
                730,
                "AI服务充值 + 1",
                AnyMerchant.SELLER_ID,
                URI.create("http://127.0.0.1/notify"),
                Map.of("total_amount", "7.30", "subject", "AI服务充值 + 1", "passback_params", "user%3D7"),
                SettableClock.START,
                null);
        return new Trade(terms, SettableClock.START, "2026112022001499160501589436", PAYMENT, null);
    }
}
