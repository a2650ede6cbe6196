package dev.sluice.setting;

import java.math.BigDecimal;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.Secrecy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingTest {
    @Test
    void theOwnersSettingsAreAllKnownByTheirNamesAndVerifyingKeysHaveOneBefore() {
        assertThat(Setting.all()).contains(SalesSettings.PRICE, AnySettings.WECHAT_API_V2_KEY, AnySettings.WECHAT_API_V2_KEY_PREVIOUS)
                .doesNotHaveDuplicates();
        assertThat(Setting.ofLabel("WechatApiV2KeyPrevious")).contains(AnySettings.WECHAT_API_V2_KEY_PREVIOUS);
        assertThat(Setting.ofLabel("wechatApiV2Key")).as("the case counts").isEmpty();
        assertThat(AnySettings.WECHAT_API_V2_KEY_PREVIOUS.isPrevious()).isTrue();
        assertThat(AnySettings.WECHAT_API_V2_KEY_PREVIOUS.secrecy()).isEqualTo(Secrecy.VERIFYING);
        assertThat(AnySettings.WECHAT_API_V2_KEY_PREVIOUS.previous()).as("no further").isEmpty();
        assertThat(AnySettings.ALIPAY_PRIVATE_KEY.previous()).as("it verifies nothing").isEmpty();
        assertThat(SalesSettings.PRICE.previous()).isEmpty();
    }

    @Test
    void anAddressIsStoredInLowerCase() {
        assertThat(SalesSettings.SERVER_ADDRESS.taken(text(" HTTPS://Pay.Example.com/Top ")))
                .isEqualTo(text("https://pay.example.com/Top"));
        assertThat(AnySettings.WECHAT_GATEWAY_URL.taken(text("HTTPS://API.mch.weixin.qq.com")))
                .isEqualTo(text("https://api.mch.weixin.qq.com"));
    }

    @Test
    void aKeyIsStoredWithoutWhatWasPastedAlong() {
        assertThat(AnySettings.WECHAT_API_V2_KEY.taken(text("\uFEFF \"abc\"\n"))).isEqualTo(text("abc"));
        assertThat(AnySettings.ALIPAY_PRIVATE_KEY.taken(text("\u200Babc\u00A0"))).isEqualTo(text("abc"));
        assertThat(SalesSettings.TOP_UP_SUBJECT.taken(text("\"AI\" 充值"))).as("a text for people is left as it is")
                .isEqualTo(text("\"AI\" 充值"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 10, 0x1F, 0x7F, 0xD800, 0xFFFE, 0xFFFF})
    void aTextThatGoesOnAWireHasNoCharacterThatXmlCannotCarry(int character) {
        for (Setting setting : List.of(SalesSettings.TOP_UP_SUBJECT, AnySettings.WECHAT_APP_ID, AnySettings.WECHAT_MCH_ID,
                AnySettings.ALIPAY_APP_ID, SalesSettings.QUOTA_DISPLAY_TYPE)) {
            var bad = catchThrowableOfType(BadSettingException.class, () -> setting.taken(text("AI" + Character.toString(character))));

            assertThat(bad.fault()).as(setting.label()).contains(GeneralFault.FORBIDDEN_CHARACTER);
            assertThat(bad).hasMessageContaining("U+%04X".formatted(character)).hasMessageContaining(setting.label());
        }
    }

    @Test
    void keysMayHaveLineBreaks() {
        AnySettings.ALIPAY_PRIVATE_KEY.check(text("abc\ndef"));
    }

    /// All settings together fit into one record of the topic.
    @Test
    void everyValueHasABound() {
        assertThatThrownBy(() -> SalesSettings.TOP_UP_SUBJECT.check(text("x".repeat(1_001))))
                .hasMessageContaining("at most 1000 characters");
        assertThatThrownBy(() -> AnySettings.WECHAT_API_V2_KEY.check(text("x".repeat(8_193)))).hasMessageContaining("8192");
        AnySettings.WECHAT_API_V2_KEY.check(text("x".repeat(8_192)));
        assertThatThrownBy(() -> SalesSettings.SERVER_ADDRESS.check(text("https://x/" + "x".repeat(1_000))))
                .isInstanceOf(BadSettingException.class);
        assertThatThrownBy(() -> SalesSettings.AMOUNT_OPTIONS.check(json("[1" + ",1".repeat(5_000) + "]")))
                .isInstanceOf(BadSettingException.class);
        var factors = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < 1_000; i++) {
            factors.put("group-" + i, 1);
        }
        assertThatThrownBy(() -> SalesSettings.TOPUP_GROUP_RATIO.check(factors)).isInstanceOf(BadSettingException.class);
    }

    @ParameterizedTest
    @CsvSource({"0.000000000000000000001,false", "0.00000000000000000001,true", "1000000,true", "1000000.01,false", "1e-999999999,false",
            "0,false", "-1,false", "7.30,true"})
    void aNumberIsPositiveAndWritable(String number, boolean good) {
        JsonNode value = DecimalNode.valueOf(new BigDecimal(number));

        if (good) {
            SalesSettings.PRICE.check(value);
        } else {
            assertThatThrownBy(() -> SalesSettings.PRICE.check(value)).isInstanceOf(BadSettingException.class);
        }
    }

    @Test
    void namesItsChoices() {
        assertThatThrownBy(() -> SalesSettings.LATE_PAYMENT.check(text("later"))).hasMessageContaining("credit, hold");
        SalesSettings.LATE_PAYMENT.check(text("hold"));
    }

    private static JsonNode text(String text) {
        return StringNode.valueOf(text);
    }

    private static JsonNode json(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
