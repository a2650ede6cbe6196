package dev.sluice.setting;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.setting.Secrecy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyringTest {
    private static final String MASTER = "0123456789abcdef".repeat(4);
    private static final String OTHER = "f".repeat(64);
    private static final String SECRET = "\"8934e7d15453e97507ef794cf7b0519d\"";
    private static final String KEY = "WechatApiV2Key";
    private static final byte[] CHANGE = "a change".getBytes(StandardCharsets.UTF_8);
    /// The prefix of an Ed25519 public key in X.509.
    private static final String X509 = "302a300506032b6570032100";

    private final Keyring master = Keyring.ofMasterKey(MASTER);
    private final Keyring gateway = Keyring.ofVerifyingKey(Keyring.verifyingKey(MASTER));

    @Test
    void aSealedValueHidesTheSecretAndIsOpenedByTheMasterKey() {
        for (Secrecy secrecy : new Secrecy[]{Secrecy.VERIFYING, Secrecy.SIGNING}) {
            String sealed = master.seal(KEY, secrecy, SECRET, "c1");

            assertThat(sealed).doesNotContain(SECRET.substring(1, 20));
            assertThat(master.seal(KEY, secrecy, SECRET, "c1")).as("sealed twice, it looks different").isNotEqualTo(sealed);
            assertThat(master.open(KEY, secrecy, sealed, "c1")).contains(SECRET);
        }
    }

    @Test
    void theVerifyingKeyOpensWhatVerifiesAndNothingThatSigns() {
        assertThat(gateway.open(KEY, Secrecy.VERIFYING, master.seal(KEY, Secrecy.VERIFYING, SECRET, "c1"), "c1")).contains(SECRET);
        assertThat(gateway.open(KEY, Secrecy.SIGNING, master.seal(KEY, Secrecy.SIGNING, SECRET, "c1"), "c1")).isEmpty();
        assertThat(gateway.concerns(Secrecy.SIGNING)).isFalse();
        assertThat(gateway.concerns(Secrecy.VERIFYING)).isTrue();
        assertThat(gateway.concerns(Secrecy.OPEN)).isTrue();
    }

    @Test
    void theVerifyingKeySealsNothingAndSignsNothing() {
        assertThat(gateway.signs()).isFalse();
        assertThat(master.signs()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> gateway.seal(KEY, Secrecy.VERIFYING, SECRET, "c1"))
                .withMessageNotContaining(SECRET);
        assertThatIllegalStateException().isThrownBy(() -> gateway.seal("Price", Secrecy.OPEN, "1", "c1"));
        assertThatIllegalStateException().isThrownBy(() -> gateway.sign(CHANGE));
    }

    @Test
    void aSealedValueCannotBeMovedToAnotherNameOrAnotherChange() {
        String sealed = master.seal(KEY, Secrecy.VERIFYING, SECRET, "c1");

        assertThat(master.open("AlipayPublicKey", Secrecy.VERIFYING, sealed, "c1")).isEmpty();
        assertThat(master.open(KEY, Secrecy.VERIFYING, sealed, "c2")).isEmpty();
        assertThat(master.open(KEY, Secrecy.SIGNING, sealed, "c1")).isEmpty();
        assertThat(master.open(KEY, Secrecy.VERIFYING, "no Base64", "c1")).isEmpty();
        assertThat(master.open(KEY, Secrecy.VERIFYING, "", "c1")).isEmpty();
    }

    @Test
    void onlyAHolderOfTheMasterKeySigns() {
        byte[] signature = master.sign(CHANGE);

        assertThat(master.signer(CHANGE, signature)).isZero();
        assertThat(gateway.signer(CHANGE, signature)).as("the gateway recognises it").isZero();
        assertThat(Keyring.ofMasterKey(OTHER).signer(CHANGE, signature)).isNegative();
        assertThat(gateway.signer("another".getBytes(StandardCharsets.UTF_8), signature)).isNegative();
        assertThat(gateway.signer(CHANGE, new byte[0])).isNegative();
        assertThat(gateway.signer(CHANGE, new byte[64])).isNegative();
    }

    @Test
    void ofSeveralMasterKeysTheFirstSealsAndSignsAndEachOpensAndVerifies() {
        Keyring both = Keyring.ofMasterKey(OTHER + "," + MASTER);
        Keyring bothOfTheGateway = Keyring.ofVerifyingKey(Keyring.verifyingKey(OTHER + "," + MASTER));
        String old = master.seal(KEY, Secrecy.VERIFYING, SECRET, "c1");
        String fresh = both.seal(KEY, Secrecy.VERIFYING, SECRET, "c1");

        assertThat(both.open(KEY, Secrecy.VERIFYING, old, "c1")).contains(SECRET);
        assertThat(bothOfTheGateway.open(KEY, Secrecy.VERIFYING, old, "c1")).contains(SECRET);
        assertThat(Keyring.ofMasterKey(OTHER).open(KEY, Secrecy.VERIFYING, fresh, "c1")).contains(SECRET);
        assertThat(master.open(KEY, Secrecy.VERIFYING, fresh, "c1")).isEmpty();
        assertThat(both.signer(CHANGE, both.sign(CHANGE))).isZero();
        assertThat(both.signer(CHANGE, master.sign(CHANGE))).as("by the second").isEqualTo(1);
        assertThat(bothOfTheGateway.signer(CHANGE, master.sign(CHANGE))).isEqualTo(1);
        assertThat(master.signer(CHANGE, both.sign(CHANGE))).isNegative();
    }

    @Test
    void withoutAKeyNothingIsSealedAndNothingBelieved() {
        for (Keyring none : new Keyring[]{Keyring.ofMasterKey(""), Keyring.ofVerifyingKey(" ")}) {
            assertThat(none.signs()).isFalse();
            assertThat(none.signer(CHANGE, master.sign(CHANGE))).isNegative();
            assertThat(none.open(KEY, Secrecy.VERIFYING, master.seal(KEY, Secrecy.VERIFYING, SECRET, "c1"), "c1")).isEmpty();
            assertThat(none.probeKey()).isEmpty();
            assertThatIllegalStateException().isThrownBy(() -> none.seal("Price", Secrecy.OPEN, "1", "c1"));
        }
    }

    @Test
    void bothAppsRecogniseTheProbesOfTheOther() {
        assertThat(gateway.probeKey().orElseThrow()).isEqualTo(master.probeKey().orElseThrow());
        assertThat(Keyring.ofMasterKey(OTHER).probeKey().orElseThrow()).isNotEqualTo(master.probeKey().orElseThrow());
    }

    /// Operators derive it by openssl: one block of HKDF-Expand is an HMAC, and the public key is that of the other one's bytes.
    @Test
    void theVerifyingKeyIsWhatTheDocumentationSays() throws Exception {
        String[] parts = Keyring.verifyingKey(MASTER).split(":", -1);

        assertThat(parts).hasSize(2);
        assertThat(parts[0]).isEqualTo(hmac("sluice/settings/verifying\u0001"));
        var publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(X509 + parts[1])));
        Signature jdk = Signature.getInstance("Ed25519");
        jdk.initVerify(publicKey);
        jdk.update(CHANGE);
        assertThat(jdk.verify(master.sign(CHANGE))).as("the JDK agrees").isTrue();
    }

    private static String hmac(String block) throws Exception {
        Mac hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec(HexFormat.of().parseHex(MASTER), "HmacSHA256"));
        return HexFormat.of().formatHex(hmac.doFinal(block.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "g000000000000000000000000000000000000000000000000000000000000000", "0123,4567"})
    void aMalformedKeyIsRefusedInOneLineWithoutRepeatingIt(String key) {
        assertThatThrownBy(() -> Keyring.ofMasterKey(key)).isInstanceOf(BadSettingException.class).hasMessageNotContaining(key)
                .hasMessageStartingWith("SLUICE_MASTER_KEY must be 64 hexadecimal digits");
        assertThatThrownBy(() -> Keyring.ofVerifyingKey(key)).hasMessageStartingWith("SLUICE_VERIFYING_KEY must be")
                .hasMessageNotContaining(key);
    }

    /// The master key in the gateway's place would let it set everything.
    @Test
    void aMasterKeyIsNoVerifyingKey() {
        assertThatThrownBy(() -> Keyring.ofVerifyingKey(MASTER)).hasMessageStartingWith("SLUICE_VERIFYING_KEY must be");
        assertThat(master.toString()).doesNotContain(MASTER).isEqualTo("Keyring[VERIFYING, SIGNING]");
    }
}
