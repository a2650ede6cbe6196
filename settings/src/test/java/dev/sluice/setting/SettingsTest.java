package dev.sluice.setting;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.setting.start.SettingsEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {
    @Test
    void whatNobodySaidHasItsFallback() {
        Settings settings = of("{}");

        assertThat(settings.decimal(SalesSettings.PRICE)).isEqualTo("7.3");
        assertThat(settings.whole(SalesSettings.QUOTA_PER_UNIT)).isEqualTo(500_000);
        assertThat(settings.flag(AnySettings.WECHAT_ENABLED)).isTrue();
        assertThat(settings.text(SalesSettings.TOP_UP_SUBJECT)).contains("AI服务充值");
        assertThat(settings.amounts(SalesSettings.AMOUNT_OPTIONS)).contains(10L, 500L);
        assertThat(settings.text(AnySettings.WECHAT_APP_ID)).isEmpty();
        assertThat(settings.optionalDecimal(SalesSettings.USER_DAILY_LIMIT)).isEmpty();
        assertThat(of("{\"UserDailyLimit\": 99.5}").optionalDecimal(SalesSettings.USER_DAILY_LIMIT)).contains(new BigDecimal("99.5"));
    }

    @Test
    void readsEveryKind() {
        Settings settings = of(
                """
                {"Price": 0.1, "TopupGroupRatio": {"vip": 0.8}, "AmountOptions": [1], "WechatEnabled": false, "ServerAddress": "https://pay.example.com"}""");

        assertThat(settings.decimal(SalesSettings.PRICE)).isEqualTo(new BigDecimal("0.1"));
        assertThat(settings.ratios(SalesSettings.TOPUP_GROUP_RATIO)).containsEntry("vip", new BigDecimal("0.8"));
        assertThat(settings.flag(AnySettings.WECHAT_ENABLED)).isFalse();
        assertThat(settings.text(SalesSettings.SERVER_ADDRESS)).contains("https://pay.example.com");
    }

    @Test
    void aBlankKeyIsNoKey() {
        assertThat(of("{\"WechatApiV2Key\": \"  \"}").text(AnySettings.WECHAT_API_V2_KEY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"Price|'free'", "Price|0", "Price|-1", "Price|1e-21", "Price|1000001",
            "QuotaPerUnit|1.5",
            "QuotaPerUnit|9223372036854775808",
            "WechatEnabled|'yes'", "UserDailyLimit|0", "UserDailyLimit|'100'",
            "ServerAddress|'ftp://x'", "ServerAddress|'https://x/?a=1'", "ServerAddress|'https://x:65536'", "ServerAddress|'https://u:p@x'",
            "ServerAddress|'//pay.example.com'", "ServerAddress|'pay.example.com'",
            "ServerAddress|'https://x:0'", "ServerAddress|'https://'", "ServerAddress|'https://x/a&b=c'", "ServerAddress|'https://x/a=b'",
            "ServerAddress|'https://x/%26'", "ServerAddress|'https://x/a;b'", "ServerAddress|'https://x/额'", "ServerAddress|'https://x#a'",
            "WechatGatewayUrl|'//evil.example'",
            "TopupGroupRatio|[1]",
            "TopupGroupRatio|{'vip':-1}", "TopupGroupRatio|{'vip':1e-21}",
            "AmountOptions|[0]", "WechatMchId|1900000001"})
    void refusesWhatIsNotOfItsKindWithoutRepeatingIt(String name, String value) {
        assertThatThrownBy(() -> of("{\"%s\": %s}".formatted(name, value.replace('\'', '"'))))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining(name + " must be");
    }

    @Test
    void refusesANameThatIsNotASetting() {
        assertThatThrownBy(() -> of("{\"WechatApiKey\": \"secret-value\"}")).hasMessageStartingWith("setting WechatApiKey is unknown")
                .hasMessageNotContaining("secret-value");
    }

    @Test
    void saysWhereAFileIsNotJsonWithoutQuotingIt(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("settings.json"), "{\n\"WechatApiV2Key\": s3cret}");

        assertThatThrownBy(() -> Settings.read(file)).isInstanceOf(BadSettingException.class).hasMessageContaining("line 2")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> Settings.read(folder.resolve("absent.json"))).hasMessageContaining("SLUICE_SETTINGS");
    }

    /// The app ends with the one line, before anything is started.
    @Test
    void aFileWithAnAddressWithoutASchemeIsRefusedInOneLineThatNamesTheSetting(@TempDir Path folder) throws Exception {
        for (String name : List.of("ServerAddress", "WechatGatewayUrl")) {
            Path file = Files.writeString(folder.resolve(name), "{\"%s\": \"//pay.example.com\"}".formatted(name));

            assertThatThrownBy(() -> Settings.read(file)).isInstanceOf(BadSettingException.class).hasMessageStartingWith("setting " + name)
                    .hasMessageNotContaining("\n");
            assertThat(SettingsEnvironment.complaints(Map.of("SLUICE_SETTINGS", file.toString()))).singleElement().asString()
                    .startsWith("setting " + name + " must be an http or https address");
        }
    }

    @Test
    void aFileIsCleanedAsAFormIs(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("settings.json"),
                "{\"ServerAddress\": \"HTTPS://Pay.Example.com\", \"WechatApiV2Key\": \"\\ufeff'k1'\\n\"}");

        assertThat(Settings.read(file).text(SalesSettings.SERVER_ADDRESS)).contains("https://pay.example.com");
        assertThat(Settings.read(file).text(AnySettings.WECHAT_API_V2_KEY)).contains("k1");
    }

    @Test
    void aPreviousKeyDoesNotComeFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("settings.json"), "{\"WechatApiV2KeyPrevious\": \"old\"}");

        assertThatThrownBy(() -> Settings.read(file)).hasMessageStartingWith("setting WechatApiV2KeyPrevious does not belong in a file")
                .hasMessageNotContaining("old\"");
    }

    @Test
    void readsNamedValuesOfAnObjectOnly() {
        assertThat(Settings.named("{\"b\":1,\"a\":null}")).containsOnlyKeys("a", "b");
        for (String body : List.of("[]", "1", "\"x\"", "{", "", "null", "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud800\"}")) {
            assertThatThrownBy(() -> Settings.named(body)).as(body).isInstanceOf(BadSettingException.class);
        }
    }

    @Test
    void withoutKeysNothingIsOfferedAndOpenSettingsStay() {
        Settings settings = of("{\"WechatApiV2Key\": \"k1\", \"AlipayPrivateKey\": \"k2\", \"Price\": 3}").withoutKeys();

        assertThat(settings.text(AnySettings.WECHAT_API_V2_KEY)).isEmpty();
        assertThat(settings.text(AnySettings.ALIPAY_PRIVATE_KEY)).isEmpty();
        assertThat(settings.flag(AnySettings.WECHAT_ENABLED)).isFalse();
        assertThat(settings.flag(AnySettings.ALIPAY_ENABLED)).isFalse();
        assertThat(settings.decimal(SalesSettings.PRICE)).isEqualTo("3");
    }

    @Test
    void neverPrintsAValue() {
        assertThat(of("{\"WechatApiV2Key\": \"s3cret\"}").toString()).doesNotContain("s3cret").contains("WechatApiV2Key");
    }

    private static Settings of(String json) {
        return Settings.of(JsonMapper.shared().readTree(json));
    }
}
