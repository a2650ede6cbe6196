package dev.sluice.sandbox.wechat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sluice.sandbox.AnyMerchant;
import dev.sluice.sandbox.SettableClock;
import dev.sluice.sandbox.notification.NotificationBody;
import dev.sluice.sandbox.notification.TestNotifiers;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.TradeTerms;

import static dev.sluice.sandbox.AnyMerchant.API_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class WechatFalseNotificationsTest {
    private static final String TRANSACTION = "4200000263202611207700134212";

    private final WechatPaymentNotification notification = new WechatPaymentNotification(
            new WechatMerchant(AnyMerchant.properties(), new Random(42)));

    @ParameterizedTest
    @EnumSource
    void aForgeryLooksRightButForItsSignature(SignType type) {
        Map<String, String> forged = read(TestNotifiers.forged(notification, paid(type)));

        assertThat(forged)
                .containsEntry("out_trade_no", "T-1")
                .containsEntry("total_fee", "730")
                .containsEntry("mch_id", AnyMerchant.MCH_ID);
        assertThat(forged.get("transaction_id")).matches("4200[0-9]{24}").isNotEqualTo(TRANSACTION);
        assertThat(forged.get("sign")).hasSameSizeAs(read(notification.compose(paid(type))).get("sign"));
        assertThat(type.verifies(forged, API_KEY)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anotherMerchantsNotificationIsCorrectlySigned(SignType type) {
        Map<String, String> other = read(TestNotifiers.ofAnotherMerchant(notification, paid(type)));

        assertThat(type.verifies(other, API_KEY)).isTrue();
        assertThat(other).containsEntry("out_trade_no", "T-1").containsEntry("result_code", "SUCCESS");
        assertThat(other.get("mch_id")).isNotEqualTo(AnyMerchant.MCH_ID);
        assertThat(other.get("appid")).isNotEqualTo(AnyMerchant.WECHAT_APP_ID);
    }

    @ParameterizedTest
    @EnumSource
    void anOutdatedNotificationReportsAFailureCorrectlySigned(SignType type) {
        Map<String, String> outdated = read(TestNotifiers.outdated(notification, paid(type)));

        assertThat(type.verifies(outdated, API_KEY)).isTrue();
        assertThat(outdated).containsEntry("return_code", "SUCCESS").containsEntry("result_code", "FAIL").containsKey("err_code");
    }

    @ParameterizedTest
    @EnumSource
    void noProbeVerifiesWithAnyAlgorithm(SignType type) {
        List<Map<String, String>> probes = TestNotifiers.probes(notification, paid(type)).stream().map(WechatFalseNotificationsTest::read)
                .toList();

        assertThat(probes).hasSize(5).allSatisfy(probe -> {
            assertThat(SignType.MD5.verifies(probe, API_KEY)).isFalse();
            assertThat(SignType.HMAC_SHA256.verifies(probe, API_KEY)).isFalse();
            assertThat(probe).containsEntry("out_trade_no", "T-1").containsEntry("result_code", "SUCCESS");
            assertThat(probe.get("transaction_id")).isNotEqualTo(TRANSACTION);
        });
        assertThat(probes).extracting(probe -> probe.getOrDefault("sign", "none")).doesNotHaveDuplicates();
    }

    @Test
    void oneProbeIsSignedWithAnEmptyKey() {
        assertThat(TestNotifiers.probes(notification, paid(SignType.MD5))).anyMatch(probe -> SignType.MD5.verifies(read(probe), ""));
    }

    private static Map<String, String> read(NotificationBody body) {
        return ((WechatXml.Fields) WechatXml.read(body.text().getBytes(UTF_8))).values();
    }

    private static Trade paid(SignType type) {
        var terms = new TradeTerms(
                new TradeKey(Provider.WECHAT, "T-1"),
                730,
                "AI服务充值",
                AnyMerchant.MCH_ID,
                URI.create("http://127.0.0.1/notify"),
                type == SignType.MD5 ? Map.of() : Map.of("sign_type", "HMAC-SHA256"),
                SettableClock.START,
                null);
        var payment = new Trade.Payment(SettableClock.START, "2026112012345678901234567890123456");
        return new Trade(terms, SettableClock.START, TRANSACTION, payment, null);
    }
}
