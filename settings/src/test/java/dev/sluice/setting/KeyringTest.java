package dev.sluice.setting;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingValue;
import dev.sluice.event.value.UserId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyringTest {
    private static final String MASTER = "0123456789abcdef".repeat(4);
    private static final String OTHER = "f".repeat(64);
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private static final String SECRET = "8934e7d15453e97507ef794cf7b0519d";
    private final Keyring master = Keyring.ofMasterKey(MASTER);

    @Test
    void whatTheMasterKeySealsItOpensAndNobodyReads() {
        for (Setting setting : new Setting[]{AnySettings.WECHAT_API_V2_KEY, AnySettings.ALIPAY_PRIVATE_KEY}) {
            SettingValue sealed = sealed(setting);

            assertThat(sealed.value()).doesNotContain(SECRET);
            assertThat(sealed(setting).value()).as("sealed twice, it looks different").isNotEqualTo(sealed.value());
            assertThat(master.open(setting, sealed).value()).contains(StringNode.valueOf(SECRET));
            assertThat(master.open(setting, sealed).toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void theVerifyingKeyOpensWhatVerifiesAndNothingThatSigns() {
        Keyring verifying = Keyring.ofVerifyingKey(Keyring.verifyingKey(MASTER));

        assertThat(verifying.open(AnySettings.WECHAT_API_V2_KEY, sealed(AnySettings.WECHAT_API_V2_KEY)).value())
                .contains(StringNode.valueOf(SECRET));
        assertThat(verifying.concerns(AnySettings.ALIPAY_PRIVATE_KEY)).isFalse();
        assertThat(verifying.seals(AnySettings.ALIPAY_PRIVATE_KEY)).isFalse();
        assertThatThrownBy(() -> verifying.open(AnySettings.ALIPAY_PRIVATE_KEY, sealed(AnySettings.ALIPAY_PRIVATE_KEY)))
                .isInstanceOf(UndecryptableSettingException.class).hasMessageNotContaining(SECRET);
    }

    @Test
    void aSealedValueCannotBePutInThePlaceOfAnother() {
        SettingValue sealed = sealed(AnySettings.WECHAT_API_V2_KEY);

        assertThatThrownBy(() -> master.open(AnySettings.ALIPAY_PUBLIC_KEY, sealed)).isInstanceOf(UndecryptableSettingException.class);
    }

    /// Whoever can write to the topic must not be able to give us a key of theirs.
    @Test
    void aSecretThatIsNotSealedIsNotTaken() {
        var bare = new SettingValue("WechatApiV2Key", Secrecy.OPEN, "\"" + SECRET + "\"", new UserId("1"), AT);

        assertThatThrownBy(() -> master.open(AnySettings.WECHAT_API_V2_KEY, bare)).isInstanceOf(BadSettingException.class);
    }

    @Test
    void ofSeveralMasterKeysTheFirstSealsAndEachOpens() {
        Keyring both = Keyring.ofMasterKey(OTHER + "," + MASTER);

        assertThat(both.open(AnySettings.WECHAT_API_V2_KEY, sealed(AnySettings.WECHAT_API_V2_KEY)).value()).isPresent();
        SettingValue fresh = both.seal(AnySettings.WECHAT_API_V2_KEY, Optional.of(StringNode.valueOf(SECRET)), new UserId("1"), AT);
        assertThat(Keyring.ofMasterKey(OTHER).open(AnySettings.WECHAT_API_V2_KEY, fresh).value()).isPresent();
        assertThatThrownBy(() -> master.open(AnySettings.WECHAT_API_V2_KEY, fresh)).isInstanceOf(UndecryptableSettingException.class);
        assertThat(Keyring.ofVerifyingKey(Keyring.verifyingKey(OTHER + "," + MASTER)).open(AnySettings.WECHAT_API_V2_KEY,
                sealed(AnySettings.WECHAT_API_V2_KEY)).value()).isPresent();
    }

    @Test
    void withoutAKeyNothingIsSealedAndNothingOpened() {
        assertThat(Keyring.ofMasterKey("").seals(AnySettings.WECHAT_API_V2_KEY)).isFalse();
        assertThat(Keyring.ofMasterKey("").seals(SalesSettings.PRICE)).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> Keyring.ofMasterKey("").seal(AnySettings.WECHAT_API_V2_KEY, Optional.of(StringNode.valueOf(SECRET)),
                                new UserId("1"), AT))
                .withMessageNotContaining(SECRET);
        assertThatThrownBy(() -> Keyring.ofMasterKey("").open(AnySettings.WECHAT_API_V2_KEY, sealed(AnySettings.WECHAT_API_V2_KEY)))
                .isInstanceOf(UndecryptableSettingException.class);
    }

    /// Operators derive it by openssl: one block of HKDF-Expand is an HMAC.
    @Test
    void theVerifyingKeyIsWhatTheDocumentationSays() throws Exception {
        Mac hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec(HexFormat.of().parseHex(MASTER), "HmacSHA256"));

        byte[] expected = hmac.doFinal("sluice/settings/verifying\u0001".getBytes(StandardCharsets.US_ASCII));

        assertThat(Keyring.verifyingKey(MASTER)).isEqualTo(HexFormat.of().formatHex(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "g000000000000000000000000000000000000000000000000000000000000000", "0123,4567"})
    void aKeyThatIsNoneIsRefusedInOneLineWithoutRepeatingIt(String key) {
        assertThatThrownBy(() -> Keyring.ofMasterKey(key)).isInstanceOf(BadSettingException.class).hasMessageNotContaining(key)
                .hasMessageStartingWith("SLUICE_MASTER_KEY must be 64 hexadecimal digits");
        assertThatThrownBy(() -> Keyring.ofVerifyingKey(key)).hasMessageStartingWith("SLUICE_VERIFYING_KEY must be");
    }

    private SettingValue sealed(Setting setting) {
        return master.seal(setting, Optional.of(StringNode.valueOf(SECRET)), new UserId("1"), AT);
    }
}
