package dev.sluice.provider.alipay;

import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.setting.BadSettingException;
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
        assertThat(AlipayVerifying.from(settings("", PUBLIC))).as("enough to believe notices").isPresent();
        assertThat(AlipayVerifying.from(settings(PRIVATE, ""))).as("an empty key verifies nothing").isEmpty();
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
    void printsNoKey() {
        assertThat(AlipayMerchant.from(settings(PRIVATE, PUBLIC)).toString()).doesNotContain(PRIVATE.substring(0, 20)).contains("9021");
    }

    private static Settings settings(String privateKey, String publicKey) {
        return Settings.of(
                JsonMapper.shared().valueToTree(Map.of("AlipayAppId", "9021", "AlipaySellerId", "2088", "AlipayPrivateKey", privateKey,
                        "AlipayPublicKey", publicKey)));
    }
}
