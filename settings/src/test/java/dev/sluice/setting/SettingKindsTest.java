package dev.sluice.setting;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.Secrecy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/// What each kind of setting takes and refuses, with the code and the text of the refusal.
class SettingKindsTest {
    private static final long SEED = 20_261_130;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "TopUpSubject|1|NOT_TEXT", "TopUpSubject|null|NOT_TEXT", "TopUpSubject|['a']|NOT_TEXT", "TopUpSubject|{}|NOT_TEXT",
            "TopUpSubject|'a\\u0007'|FORBIDDEN_CHARACTER", "TopUpSubject|'a\\n'|FORBIDDEN_CHARACTER",
            "WechatApiV2Key|1|NOT_TEXT", "WechatApiV2Key|null|NOT_TEXT", "AlipayPrivateKey|true|NOT_TEXT",
            "LatePayment|'CREDIT'|NOT_A_CHOICE", "LatePayment|''|NOT_A_CHOICE", "LatePayment|'hold '|NOT_A_CHOICE",
            "LatePayment|true|NOT_A_CHOICE", "LatePayment|null|NOT_A_CHOICE",
            "ServerAddress|''|NOT_AN_ADDRESS", "ServerAddress|1|NOT_AN_ADDRESS", "ServerAddress|null|NOT_AN_ADDRESS",
            "ServerAddress|'https://x?a'|NOT_AN_ADDRESS", "WechatGatewayUrl|'https://u@x'|NOT_AN_ADDRESS",
            "WechatGatewayUrl|['https://x']|NOT_AN_ADDRESS",
            "WechatEnabled|1|NOT_A_FLAG", "WechatEnabled|'true'|NOT_A_FLAG", "WechatEnabled|null|NOT_A_FLAG",
            "QuotaPerUnit|0|NOT_A_WHOLE_NUMBER", "QuotaPerUnit|-1|NOT_A_WHOLE_NUMBER", "QuotaPerUnit|1.0|NOT_A_WHOLE_NUMBER",
            "QuotaPerUnit|1e3|NOT_A_WHOLE_NUMBER", "QuotaPerUnit|'1'|NOT_A_WHOLE_NUMBER", "QuotaPerUnit|true|NOT_A_WHOLE_NUMBER",
            "OrderExpireMinutes|99999999999999999999|NOT_A_WHOLE_NUMBER",
            "Price|0|NOT_A_NUMBER", "Price|0.0|NOT_A_NUMBER", "Price|-0.1|NOT_A_NUMBER", "Price|'7.3'|NOT_A_NUMBER",
            "Price|1e7|NOT_A_NUMBER", "Price|1e999999999|NOT_A_NUMBER", "Price|null|NOT_A_NUMBER", "Price|[7.3]|NOT_A_NUMBER",
            "TopupGroupRatio|{'a':'1'}|NOT_FACTORS", "TopupGroupRatio|{'a':null}|NOT_FACTORS", "TopupGroupRatio|{'a':{}}|NOT_FACTORS",
            "TopupGroupRatio|{'a':-0.1}|NOT_FACTORS", "TopupGroupRatio|{'a':1000001}|NOT_FACTORS", "TopupGroupRatio|1|NOT_FACTORS",
            "AmountDiscount|'{}'|NOT_FACTORS", "AmountDiscount|null|NOT_FACTORS",
            "AmountOptions|{}|NOT_AMOUNTS", "AmountOptions|[1.5]|NOT_AMOUNTS", "AmountOptions|['1']|NOT_AMOUNTS",
            "AmountOptions|[null]|NOT_AMOUNTS", "AmountOptions|[[1]]|NOT_AMOUNTS", "AmountOptions|1|NOT_AMOUNTS"})
    void refusesWithItsCodeInBothLanguages(String label, String json, GeneralFault code) {
        Setting setting = Setting.ofLabel(label).orElseThrow();

        var bad = catchThrowableOfType(BadSettingException.class, () -> setting.taken(json(json)));

        assertThat(bad).isNotNull();
        assertThat(bad.code()).isEqualTo(code.name());
        assertThat(bad.setting()).contains(setting);
        assertThat(bad.text(Locale.ENGLISH)).startsWith("setting " + label + " ").doesNotContain("%", "\n");
        assertThat(bad.text(Locale.CHINESE)).startsWith("设置 " + label + " ").endsWith(code.remedy(Locale.CHINESE)).doesNotContain("%");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"TopUpSubject|''", "TopUpSubject|'<>&'", "WechatApiV2Key|''",
            "LatePayment|'credit'", "WechatEnabled|false", "QuotaPerUnit|9223372036854775807", "QuotaPerUnit|1", "Price|1e6",
            "Price|0.00000000000000000001", "Price|7.30000000000000000000000", "TopupGroupRatio|{}", "TopupGroupRatio|{'':0}",
            "AmountDiscount|{'100':1000000}", "AmountOptions|[]", "AmountOptions|[9223372036854775807]", "ServerAddress|'http://[::1]:1/'"})
    void takesTheFirstAndTheLastOfItsKind(String label, String json) {
        Setting setting = Setting.ofLabel(label).orElseThrow();

        assertThat(setting.taken(json(json))).isEqualTo(json(json));
    }

    static List<Setting> all() {
        return Setting.all();
    }

    /// A default that could not be set would not come back once it was changed.
    @ParameterizedTest
    @MethodSource("all")
    void aDefaultIsOfItsKindAndANameFitsThePublishedSchema(Setting setting) {
        assertThat(setting.label()).matches("[A-Za-z0-9]{1,64}").hasToString(setting.toString());
        Settings.none().json(setting).ifPresent(value -> assertThat(setting.taken(value)).isEqualTo(value));
        assertThat(Setting.ofLabel(setting.label())).contains(setting);
        if (setting.secrecy() != Secrecy.OPEN) {
            assertThat(setting.fallback()).as("a key has no default").isNull();
            assertThat(setting.kind()).isEqualTo(Setting.Kind.TEXT);
        }
        assertThat(setting.previous().isPresent()).isEqualTo(setting.secrecy() == Secrecy.VERIFYING && !setting.isPrevious());
        setting.previous().ifPresent(previous -> assertThat(Setting.all()).contains(previous));
    }

    @Test
    void settingsAreOrderedByTheirNames() {
        assertThat(Setting.all().stream().sorted().map(Setting::label)).isSorted();
        assertThat(SalesSettings.PRICE.compareTo(SalesSettings.QUOTA_PER_UNIT)).isNegative();
    }

    /// What was stored once is stored the same when it is read and set again.
    @Test
    void whatIsTakenIsTakenAgainAsItIs() {
        Random random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            String address = (random.nextBoolean() ? " HTTPS" : "http") + "://" + (random.nextBoolean() ? "A" : "b") + ".example"
                    + (random.nextBoolean() ? ":" + random.nextInt(1, 65_536) : "") + (random.nextBoolean() ? "/Top-Up/\n" : "");
            JsonNode stored = SalesSettings.SERVER_ADDRESS.taken(StringNode.valueOf(address));
            assertThat(SalesSettings.SERVER_ADDRESS.taken(stored)).as(address).isEqualTo(stored);

            var price = new BigDecimal(random.nextLong(1, 1_000_000_000_000L)).movePointLeft(random.nextInt(6, 15));
            JsonNode number = SalesSettings.PRICE.taken(json(price.toPlainString()));
            assertThat(Settings.of(json("{'Price':" + number + "}")).decimal(SalesSettings.PRICE)).isEqualByComparingTo(price);
        }
    }

    private static JsonNode json(String json) {
        return Settings.parsed("a test", json.replace('\'', '"'));
    }
}
