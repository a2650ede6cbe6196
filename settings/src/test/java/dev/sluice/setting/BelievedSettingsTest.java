package dev.sluice.setting;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingValue;
import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.event.value.UserId;

import static org.assertj.core.api.Assertions.assertThat;

/// What an app makes of the changes that count, without Kafka.
class BelievedSettingsTest {
    private static final String MASTER = "a".repeat(64);
    private static final Keyring KEYRING = Keyring.ofMasterKey(MASTER);
    private static final UserId OPERATOR = new UserId("1000000");
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");

    private final BelievedSettings believed = new BelievedSettings(KEYRING);

    @Test
    void aChangeReplacesEverythingThatWasSet() {
        believed.take(change("c1", open("Price", "8.8"), open("WechatMinTopUp", "3")));
        believed.take(change("c2", open("Price", "9.9")));

        assertThat(believed.all()).containsOnlyKeys(SalesSettings.PRICE);
        assertThat(believed.all().get(SalesSettings.PRICE).value()).contains(DecimalNode.valueOf(new BigDecimal("9.9")));
        assertThat(believed.isWhole()).isTrue();
    }

    @Test
    void aSettingThatWasTakenBackIsKnownWithItsOperator() {
        believed.take(change("c1", open("Price", "")));

        assertThat(believed.all().get(SalesSettings.PRICE)).isEqualTo(new StoredSetting(Optional.empty(), OPERATOR, AT));
    }

    @Test
    void aKeyKeepsTheAccountThatProvedIt() {
        believed.take(change("c1", sealed("WechatApiV2Key", Secrecy.VERIFYING, "k1", "c1", "WechatMchId=1")));

        StoredSetting key = believed.all().get(AnySettings.WECHAT_API_V2_KEY);
        assertThat(key.value()).contains(StringNode.valueOf("k1"));
        assertThat(key.provenBy()).isEqualTo("WechatMchId=1");
        assertThat(key.toString()).doesNotContain("k1");
    }

    @Test
    void aKeyThatCannotBeOpenedStaysAsItWasAndIsNothingAfterARestart() {
        believed.take(change("c1", sealed("WechatApiV2Key", Secrecy.VERIFYING, "k1", "c1", "")));
        SettingsChanged moved = change("c2", sealed("WechatApiV2Key", Secrecy.VERIFYING, "k0", "c0", ""));

        believed.take(moved);

        assertThat(believed.isWhole()).isFalse();
        assertThat(believed.isLacking()).isFalse();
        assertThat(text(believed, AnySettings.WECHAT_API_V2_KEY)).as("the running app goes on").isEqualTo("k1");

        BelievedSettings started = new BelievedSettings(KEYRING);
        started.take(moved);
        started.putNothingForWhatIsLocked();
        assertThat(text(started, AnySettings.WECHAT_API_V2_KEY)).as("not the file's either").isEmpty();
        assertThat(started.opened().get("WechatApiV2Key").stored().value()).as("the next change carries no key").contains(
                StringNode.valueOf(""));
    }

    @Test
    void anOpenSettingThatIsNoValueIsLackingUnlessOneBeforeIsKnown() {
        believed.take(change("c1", open("Price", "\"cheap\"")));
        assertThat(believed.isLacking()).isTrue();
        assertThat(believed.isWhole()).isFalse();

        believed.take(change("c2", open("Price", "8.8")));
        assertThat(believed.isWhole()).isTrue();

        believed.take(change("c3", open("Price", "not JSON"), open("WechatMinTopUp", "4")));
        assertThat(believed.isWhole()).isTrue();
        assertThat(believed.all().get(SalesSettings.PRICE).value().orElseThrow().decimalValue()).isEqualByComparingTo("8.8");
        assertThat(believed.all().get(AnySettings.WECHAT_MIN_TOP_UP).value().orElseThrow().intValue()).isEqualTo(4);
    }

    @Test
    void aKeyThatIsNotSealedAndAnOpenSettingThatIsAreNotTaken() {
        believed.take(change("c1", open("WechatApiV2Key", "\"k1\""), sealed("Price", Secrecy.VERIFYING, "1", "c1", "")));

        assertThat(believed.all()).isEmpty();
        assertThat(believed.isLacking()).as("the price").isTrue();
    }

    @Test
    void whatANewerVersionKnowsIsCarriedAlong() {
        believed.take(change("c1", open("PriceOfTomorrow", "1"), sealed("KeyOfTomorrow", Secrecy.SIGNING, "k", "c1", "")));

        assertThat(believed.all()).isEmpty();
        assertThat(believed.isWhole()).isTrue();
        assertThat(believed.opened()).containsOnlyKeys("PriceOfTomorrow", "KeyOfTomorrow");
        assertThat(believed.opened().get("KeyOfTomorrow").stored().value()).contains(StringNode.valueOf("k"));
    }

    @Test
    void anAppThatOnlyVerifiesLeavesOutWhatSigns() {
        BelievedSettings gateway = new BelievedSettings(Keyring.ofVerifyingKey(Keyring.verifyingKey(MASTER)));

        gateway.take(change("c1", sealed("AlipayPrivateKey", Secrecy.SIGNING, "signs", "c1", ""),
                sealed("AlipayPublicKey", Secrecy.VERIFYING, "verifies", "c1", "")));

        assertThat(gateway.all()).containsOnlyKeys(AnySettings.ALIPAY_PUBLIC_KEY);
        assertThat(gateway.opened()).containsOnlyKeys("AlipayPublicKey");
        assertThat(gateway.isWhole()).as("it needs no more").isTrue();
    }

    private static String text(BelievedSettings believed, Setting setting) {
        return believed.all().get(setting).value().orElseThrow().stringValue();
    }

    private static SettingsChanged change(String id, SettingValue... values) {
        return new SettingsChanged(id, 1, OPERATOR, AT, List.of(), Arrays.asList(values));
    }

    private static SettingValue open(String name, String json) {
        return new SettingValue(name, Secrecy.OPEN, json, OPERATOR, AT, "");
    }

    private static SettingValue sealed(String name, Secrecy secrecy, String text, String change, String provenBy) {
        return new SettingValue(name, secrecy, KEYRING.seal(name, secrecy, "\"" + text + "\"", change), OPERATOR, AT, provenBy);
    }
}
