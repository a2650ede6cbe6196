package dev.sluice.setting;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.value.UserId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What is in force when a file and operators have set something.
class SetByOperatorsTest {
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private static final UserId OPERATOR = new UserId("1000000");

    private final Settings file = Settings.of(Settings.parsed("a test", """
            {"Price":3,"WechatApiV2Key":"of the file","AlipayPrivateKey":"signs","TopUpSubject":"file"}"""));

    @Test
    void operatorsPrevailAndWhatTheyTookBackIsTheFilesAgain() {
        Settings both = file.overriddenBy(set(Map.of(SalesSettings.PRICE, "9.90", SalesSettings.TOP_UP_SUBJECT, "")));

        assertThat(both.decimal(SalesSettings.PRICE)).isEqualTo(new BigDecimal("9.90"));
        assertThat(both.text(SalesSettings.TOP_UP_SUBJECT)).contains("file");
        assertThat(both.whole(SalesSettings.ORDER_EXPIRE_MINUTES)).as("the default").isEqualTo(30);
        assertThat(file.decimal(SalesSettings.PRICE)).as("the file's own stay").isEqualTo("3");
        assertThat(both.isSet(SalesSettings.PRICE)).isTrue();
        assertThat(both.isSet(SalesSettings.ORDER_EXPIRE_MINUTES)).as("a default is not set").isFalse();
        assertThat(both.toString()).doesNotContain("9.90", "of the file");
    }

    @Test
    void anAppIsLeftWithWhatConcernsIt() {
        Settings gateway = file.only(setting -> setting.secrecy() != Secrecy.SIGNING);

        assertThat(gateway.text(AnySettings.ALIPAY_PRIVATE_KEY)).isEmpty();
        assertThat(gateway.text(AnySettings.WECHAT_API_V2_KEY)).contains("of the file");
    }

    @Test
    void switchedOffNothingIsOfferedAndEverythingElseStays() {
        Settings off = file.overriddenBy(set(Map.of(AnySettings.WECHAT_ENABLED, "true"))).switchedOff();

        assertThat(off.flag(AnySettings.WECHAT_ENABLED)).isFalse();
        assertThat(off.flag(AnySettings.ALIPAY_ENABLED)).isFalse();
        assertThat(off.text(AnySettings.WECHAT_API_V2_KEY)).as("what was paid is still verified").contains("of the file");
    }

    @Test
    void theKeyBeforeIsBelievedForTwoDaysFromItsReplacementWithEverythingElseOfToday() {
        Settings now = file.overriddenBy(set(Map.of(AnySettings.WECHAT_API_V2_KEY, "\"new\"",
                AnySettings.WECHAT_API_V2_KEY_PREVIOUS, "\"old\"", SalesSettings.PRICE, "5")));

        Settings.Before before = now.before(AnySettings.WECHAT_API_V2_KEY).orElseThrow();

        assertThat(before.until()).isEqualTo(AT.plus(Duration.ofDays(2)));
        assertThat(before.settings().text(AnySettings.WECHAT_API_V2_KEY)).contains("old");
        assertThat(before.settings().decimal(SalesSettings.PRICE)).isEqualTo("5");
        assertThat(now.text(AnySettings.WECHAT_API_V2_KEY)).contains("new");
        assertThat(file.before(AnySettings.WECHAT_API_V2_KEY)).as("a file has no key before").isEmpty();
    }

    /// A leaked key is ended at once by a blank one before it.
    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", ""})
    void aKeyBeforeThatWasEndedIsNone(String previous) {
        assertThat(file.overriddenBy(set(Map.of(AnySettings.WECHAT_API_V2_KEY_PREVIOUS, previous)))
                .before(AnySettings.WECHAT_API_V2_KEY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"WechatApiV2KeyPrevious,-1,true", "WechatApiV2KeyPrevious,0,true", "WechatApiV2KeyPrevious,1,false",
            "WechatApiV2Key,-1,false", "Price,-1,false"})
    void onlyAKeyBeforeExpires(String label, long secondsLeft, boolean expired) {
        StoredSetting stored = new StoredSetting(Optional.empty(), OPERATOR, AT);

        assertThat(stored.isExpired(Setting.ofLabel(label).orElseThrow(), AT.plus(Setting.PREVIOUS_HONOURED).minusSeconds(secondsLeft)))
                .isEqualTo(expired);
        assertThat(stored.provenBy()).isEmpty();
    }

    /// Operators' faults leave a part out; those of a file stop the start.
    @Test
    void aPartThatCannotBeMadeIsLeftOutUnlessItIsTheFiles() {
        Settings set = file.overriddenBy(set(Map.of(SalesSettings.PRICE, "5")));

        assertThat(set.part(() -> Optional.of(set.whole(Setting.whole("Absent", "7"))))).contains(7L);
        assertThat(set.part(() -> Optional.of(set.decimal(SalesSettings.USER_DAILY_LIMIT)))).isEmpty();
        assertThatThrownBy(() -> file.part(() -> Optional.of(file.decimal(SalesSettings.USER_DAILY_LIMIT))))
                .isInstanceOf(BadSettingException.class).hasMessageStartingWith("setting UserDailyLimit is missing.");
    }

    @Test
    void whatIsReadIsKnownAndNothingElse() {
        Set<Setting> read = new HashSet<>();
        Settings watched = file.readBy(read::add);

        watched.decimal(SalesSettings.PRICE);
        watched.before(AnySettings.WECHAT_API_V2_KEY);
        watched.isSet(SalesSettings.LATE_PAYMENT);

        assertThat(read).containsExactlyInAnyOrder(SalesSettings.PRICE, AnySettings.WECHAT_API_V2_KEY_PREVIOUS, SalesSettings.LATE_PAYMENT);
        assertThat(file.isSame(file.overriddenBy(Map.of()), read)).isTrue();
        assertThat(file.isSame(Settings.none(), Set.of(SalesSettings.PRICE))).isFalse();
        assertThat(file.isSame(Settings.none(), Set.of(SalesSettings.LATE_PAYMENT))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "null", "{\"Price\":1,\"Price\":2}", "{\"Price\":1} x", "{\"Price\":NaN}", "{'Price':1}",
            "{\"a\":"})
    void aFileThatIsNoObjectOfSettingsIsRefusedInOneLine(String content, @TempDir Path folder) throws Exception {
        Path path = Files.writeString(folder.resolve("settings.json"), content);

        assertThatThrownBy(() -> Settings.bootstrap(path.toString())).isInstanceOf(BadSettingException.class)
                .hasMessageNotContaining("\n").hasMessageMatching(".*(is not JSON: line 1|a JSON object of names and values)");
        assertThat(Settings.bootstrap(" ").isSet(SalesSettings.PRICE)).as("no file is needed").isFalse();
    }

    private static Map<Setting, StoredSetting> set(Map<Setting, String> values) {
        Map<Setting, StoredSetting> stored = new HashMap<>();
        values.forEach((setting, json) -> stored.put(setting, new StoredSetting(
                Optional.of(json).filter(text -> !text.isEmpty()).map(text -> Settings.parsed(setting.label(), text)), OPERATOR, AT)));
        return stored;
    }
}
