package dev.sluice.provider.alipay.account;

import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.provider.alipay.TestKeys;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.SettingFault;
import dev.sluice.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AlipaySettingsTest {
    private static final String PUBLIC = Base64.getEncoder().encodeToString(TestKeys.ALIPAY.getPublic().getEncoded());
    private static final String PRIVATE = Base64.getEncoder().encodeToString(TestKeys.APPLICATION.getPrivate().getEncoded());

    @Test
    void anAccountIsThereWhenAllOfItIs() {
        assertThat(AlipayMerchant.from(settings(PRIVATE, PUBLIC))).isPresent();
        assertThat(AlipayMerchant.from(settings("", PUBLIC))).isEmpty();
        assertThat(AlipayVerificationKeys.from(settings("", PUBLIC))).as("enough to believe notices").isPresent();
        assertThat(AlipayVerificationKeys.from(settings(PRIVATE, ""))).as("an empty key verifies nothing").isEmpty();
    }

    @Test
    void aKeyInTheWrongPlaceIsToldWithoutRepeatingIt() {
        assertThatThrownBy(() -> AlipayMerchant.from(settings(PRIVATE, PRIVATE)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("AlipayPublicKey")
                .hasMessageNotContaining(PRIVATE.substring(0, 20));
        assertThatThrownBy(() -> AlipayMerchant.from(settings("MIIEow", PUBLIC))).hasMessageContaining("PKCS#8");
    }

    @Test
    void theApplicationsOwnPublicKeyIsNotAlipays() {
        String own = Base64.getEncoder().encodeToString(TestKeys.APPLICATION.getPublic().getEncoded());

        assertThatThrownBy(() -> AlipayMerchant.from(settings(PRIVATE, own))).isInstanceOfSatisfying(BadSettingException.class,
                bad -> assertThat(bad.fault()).contains(AlipayFault.PUBLIC_KEY_IS_OWN));
        assertThat(AlipayVerificationKeys.from(settings("", own))).as("without the private key nobody can know").isPresent();
    }

    @Test
    void whatIsThereIsCheckedThoughTheRestIsMissing() {
        assertFault(Map.of("AlipayPrivateKey", PUBLIC), AlipayFault.PRIVATE_KEY_IS_PUBLIC);
        assertFault(Map.of("AlipayPublicKey", PRIVATE), AlipayFault.PUBLIC_KEY_IS_PRIVATE);
        assertFault(Map.of("AlipayAppId", "9021"), AlipayFault.ALIPAY_APP_ID_MALFORMED);
        assertFault(Map.of("AlipayAppId", "wx0000000000000001"), AlipayFault.ALIPAY_APP_ID_MALFORMED);
        assertFault(Map.of("AlipaySellerId", "9021000000000001"), AlipayFault.ALIPAY_SELLER_ID_MALFORMED);
        assertFault(Map.of("AlipaySellerId", "seller@example.com"), AlipayFault.ALIPAY_SELLER_ID_MALFORMED);
    }

    private static void assertFault(Map<String, String> values, SettingFault fault) {
        assertThatThrownBy(() -> AlipayMerchant.from(Settings.of(JsonMapper.shared().valueToTree(values))))
                .isInstanceOfSatisfying(BadSettingException.class, bad -> assertThat(bad.fault()).contains(fault));
    }

    @Test
    void printsNoKey() {
        assertThat(AlipayMerchant.from(settings(PRIVATE, PUBLIC)).toString()).doesNotContain(PRIVATE.substring(0, 20)).contains("9021");
    }

    private static Settings settings(String privateKey, String publicKey) {
        return Settings.of(
                JsonMapper.shared()
                        .valueToTree(Map.of("AlipayAppId", "9021000000000001", "AlipaySellerId", "2088000000000001", "AlipayPrivateKey",
                                privateKey,
                                "AlipayPublicKey", publicKey)));
    }
}
