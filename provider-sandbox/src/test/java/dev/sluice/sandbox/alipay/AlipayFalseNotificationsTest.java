package dev.sluice.sandbox.alipay;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.notification.TestNotifiers;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.TradeTerms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class AlipayFalseNotificationsTest {
    private static final String TRADE_NO = "2026112022001499160501589436";
    private static final Trade.Payment PAYMENT = new Trade.Payment(SettableClock.START.plusSeconds(9),
            "2026112012345678901234567890123456");

    private final AlipaySignature signature = new AlipaySignature(AnyMerchant.properties());
    private final AlipayTradeNotification notification = new AlipayTradeNotification(AnyMerchant.properties(), signature,
            new SettableClock());
    private final Trade paid = new Trade(terms(), SettableClock.START, TRADE_NO, PAYMENT, null);

    @Test
    void theTrueNotificationVerifies() {
        assertThat(verifies(read(notification.compose(paid)))).isTrue();
    }

    @Test
    void aForgeryLooksRightButForItsSignature() {
        Map<String, String> forged = read(TestNotifiers.forged(notification, paid));

        assertThat(verifies(forged)).isFalse();
        assertThat(Base64.getDecoder().decode(forged.get("sign"))).hasSize(256);
        assertThat(forged)
                .containsEntry("out_trade_no", "T_1")
                .containsEntry("trade_status", "TRADE_SUCCESS")
                .containsEntry("total_amount", "7.30")
                .containsEntry("sign_type", "RSA2");
        assertThat(forged.get("trade_no")).isNotEqualTo(TRADE_NO);
    }

    @Test
    void anotherMerchantsNotificationIsCorrectlySigned() {
        Map<String, String> other = read(TestNotifiers.ofAnotherMerchant(notification, paid));

        assertThat(verifies(other)).isTrue();
        assertThat(other).containsEntry("out_trade_no", "T_1").containsEntry("trade_status", "TRADE_SUCCESS");
        assertThat(other.get("seller_id")).isNotEqualTo(AnyMerchant.SELLER_ID);
        assertThat(other.get("app_id")).isNotEqualTo(AnyMerchant.ALIPAY_APP_ID);
        assertThat(other.get("notify_id")).isNotEqualTo(PAYMENT.notificationId());
    }

    @Test
    void anOutdatedNotificationReportsTheWaitCorrectlySigned() {
        for (Trade trade : List.of(paid, closed())) {
            Map<String, String> outdated = read(TestNotifiers.outdated(notification, trade));

            assertThat(verifies(outdated)).isTrue();
            assertThat(outdated)
                    .containsEntry("trade_status", "WAIT_BUYER_PAY")
                    .containsEntry("trade_no", TRADE_NO)
                    .containsEntry("notify_time", "2026-11-20 10:00:00")
                    .doesNotContainKeys("gmt_payment", "gmt_close", "buyer_pay_amount", "fund_bill_list");
            assertThat(outdated.get("notify_id")).isNotEqualTo(trade.notificationId().orElseThrow());
        }
    }

    @Test
    void noProbeVerifies() {
        List<Map<String, String>> probes = TestNotifiers.probes(notification, paid).stream().map(AlipayFalseNotificationsTest::read)
                .toList();

        assertThat(probes).hasSize(5).allSatisfy(probe -> {
            assertThat(verifies(probe)).isFalse();
            assertThat(probe).containsEntry("out_trade_no", "T_1").containsEntry("trade_status", "TRADE_SUCCESS");
            assertThat(probe.get("trade_no")).isNotEqualTo(TRADE_NO);
        });
        assertThat(probes).extracting(probe -> probe.getOrDefault("sign", "none")).doesNotHaveDuplicates();
    }

    @Test
    void oneProbeIsCorrectlySignedTheOldWay() throws GeneralSecurityException {
        Map<String, String> old = TestNotifiers.probes(notification, paid).stream()
                .map(AlipayFalseNotificationsTest::read)
                .filter(probe -> "RSA".equals(probe.get("sign_type")))
                .findAny()
                .orElseThrow();

        var signature = Signature.getInstance("SHA1withRSA");
        signature.initVerify(AnyMerchant.ALIPAY_KEYS.getPublic());
        signature.update(AlipaySignature.text(old, "sign", "sign_type").getBytes(UTF_8));
        assertThat(signature.verify(Base64.getDecoder().decode(old.get("sign")))).isTrue();
    }

    private static boolean verifies(Map<String, String> fields) {
        String sign = fields.getOrDefault("sign", "");
        return AlipaySignature.verifies(AlipaySignature.text(fields, "sign", "sign_type"), sign, AnyMerchant.ALIPAY_KEYS.getPublic());
    }

    private static Map<String, String> read(NotificationBody body) {
        return FormParameters.read("", body.text()).orElseThrow();
    }

    private static Trade closed() {
        var closure = new Trade.Closure(SettableClock.START.plusSeconds(9), "2026112012345678901234567890123457", false);
        return new Trade(terms(), SettableClock.START, TRADE_NO, null, closure);
    }

    private static TradeTerms terms() {
        return new TradeTerms(
                new TradeKey(Provider.ALIPAY, "T_1"),
                730,
                "AI服务充值",
                AnyMerchant.SELLER_ID,
                URI.create("http://127.0.0.1/notify"),
                Map.of("total_amount", "7.30", "subject", "AI服务充值"),
                SettableClock.START,
                null);
    }
}
