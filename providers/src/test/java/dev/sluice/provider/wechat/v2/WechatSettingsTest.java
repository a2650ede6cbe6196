package dev.sluice.provider.wechat.v2;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.provider.wechat.account.WechatSettings;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class WechatSettingsTest {
    private static final String KEY = "192006250b4c09247ec02edce69f6a2d";

    @Test
    void anAccountIsThereWhenAllOfItIs() {
        Map<String, String> whole = Map.of("WechatAppId", "wxd930ea5d5a258f4f", "WechatMchId", "10000100", "WechatApiV2Key", KEY);

        assertThat(WechatMerchant.from(settings(whole))).isPresent();
        assertThat(WechatMerchant.from(settings(Map.of("WechatApiV2Key", KEY)))).isEmpty();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("WECHAT_APP_ID_MALFORMED", "WechatAppId", "9021000000000001"),
                Arguments.of("WECHAT_APP_ID_MALFORMED", "WechatAppId", "wxd930ea5d5a258f4"),
                Arguments.of("WECHAT_APP_ID_MALFORMED", "WechatAppId", "WXD930EA5D5A258F4F"),
                Arguments.of("WECHAT_APP_ID_MALFORMED", "WechatAppId", "wxd930ea5d5a258f4F"),
                Arguments.of("WECHAT_APP_ID_MALFORMED", "WechatAppId", "ｗｘｄ９３０ｅａ５ｄ５ａ２５８ｆ４ｆ"),
                Arguments.of("WECHAT_MCH_ID_MALFORMED", "WechatMchId", "１００００１００"),
                Arguments.of("WECHAT_MCH_ID_MALFORMED", "WechatMchId", "wxd930ea5d5a258f4f"),
                Arguments.of("WECHAT_MCH_ID_MALFORMED", "WechatMchId", "10000100 "),
                Arguments.of("WECHAT_KEY_LENGTH", "WechatApiV2Key", KEY.substring(1)),
                Arguments.of("WECHAT_KEY_LENGTH", "WechatApiV2Key", KEY + "0"),
                Arguments.of("WECHAT_KEY_BLANKS", "WechatApiV2Key", KEY.substring(0, 16) + " " + KEY.substring(16)),
                Arguments.of("WECHAT_KEY_BLANKS", "WechatApiV2Key", KEY.substring(0, 16) + "\u00a0" + KEY.substring(17)),
                Arguments.of("WECHAT_KEY_CHARACTERS", "WechatApiV2Key", KEY.replace('0', '-')),
                Arguments.of("WECHAT_KEY_CHARACTERS", "WechatApiV2Key", "１９２００６２５０ｂ４ｃ０９２４７ｅｃ０２ｅｄｃｅ６９ｆ６ａ２ｄ"),
                Arguments.of("WECHAT_KEY_CHARACTERS", "WechatApiV2Key", KEY.replace('0', '０')),
                Arguments.of("WECHAT_KEY_PEM", "WechatApiV2Key", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG"),
                Arguments.of("WECHAT_KEY_SERIAL_NUMBER", "WechatApiV2Key", "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"),
                Arguments.of("NOT_A_CHOICE", "WechatSignType", "HMAC"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void tellsApartWhatWasPastedThoughTheRestIsMissing(String code, String name, String value) {
        var bad = catchThrowableOfType(BadSettingException.class, () -> WechatMerchant.from(settings(Map.of(name, value))));

        assertThat(bad.code()).isEqualTo(code);
        for (Locale locale : List.of(Locale.CHINESE, Locale.ENGLISH)) {
            assertThat(bad.text(locale)).contains(name).doesNotContain(value.length() > 16 ? value.substring(12) : "\0");
        }
        assertThat(bad.text(Locale.CHINESE)).isNotEqualTo(bad.text(Locale.ENGLISH));
    }

    /// In the file, and set by an operator.
    @ParameterizedTest
    @ValueSource(strings = {"%s ", "\n%s", "\u00a0%s\u3000", "\ufeff%s", "\u200b%s", "\"%s\"", " '%s' "})
    void takesAKeyThatWasPastedWithSomethingAroundIt(String around) {
        Settings settings = settings(Map.of("WechatAppId", "wxd930ea5d5a258f4f", "WechatMchId", "10000100", "WechatApiV2Key",
                around.formatted(KEY)));

        assertThat(WechatMerchant.from(settings)).isPresent();
        assertThat(settings.text(WechatSettings.API_V2_KEY)).contains(KEY);
    }

    @Test
    void saysHowManyCharactersThereAre() {
        var bad = catchThrowableOfType(BadSettingException.class, () -> WechatMerchant.from(settings(Map.of("WechatApiV2Key", "12345"))));

        assertThat(bad).hasMessageContaining("has 5 characters");
        assertThat(bad.text(Locale.CHINESE)).contains("有 5 个字符");
    }

    private static Settings settings(Map<String, String> values) {
        return Settings.of(JsonMapper.shared().valueToTree(values));
    }
}
