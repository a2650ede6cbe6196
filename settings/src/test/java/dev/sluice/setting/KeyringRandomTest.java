package dev.sluice.setting;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.setting.key.SigningKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Sealing and signing with any keys and any content; the number of the repetition is the seed.
class KeyringRandomTest {
    private static final String LABEL = "WechatApiV2Key";

    @RepeatedTest(30)
    void whatOneRingSealsAndSignsAnotherNeitherOpensNorRecognises(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Keyring ours = Keyring.ofMasterKey(master(random));
        Keyring theirs = Keyring.ofMasterKey(master(random));
        byte[] content = new byte[random.nextInt(2_000)];
        random.nextBytes(content);
        String secret = random.ints(random.nextInt(500), 1, 0xD800).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();

        for (Secrecy secrecy : List.of(Secrecy.VERIFYING, Secrecy.SIGNING)) {
            String sealed = ours.seal(LABEL, secrecy, secret, "c1");

            assertThat(ours.open(LABEL, secrecy, sealed, "c1")).contains(secret);
            assertThat(theirs.open(LABEL, secrecy, sealed, "c1")).isEmpty();
        }
        assertThat(ours.seal("Price", Secrecy.OPEN, secret, "c1")).as("open is open").isEqualTo(secret);
        assertThat(theirs.open("Price", Secrecy.OPEN, secret, "c2")).contains(secret);
        assertThat(ours.signer(content, ours.sign(content))).isZero();
        assertThat(theirs.signer(content, ours.sign(content))).isNegative();
        assertThat(ours.signer(content, content)).isNegative();
    }

    /// A public key may be any 32 bytes, also ones that are no point of the curve: it verifies nothing, and nothing fails.
    @RepeatedTest(20)
    void aPublicKeyOfAnyBytesVerifiesNothing(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] key = new byte[32];
        byte[] signature = new byte[random.nextInt(130)];
        random.nextBytes(key);
        random.nextBytes(signature);

        assertThat(SigningKeys.ofPublicKeys(List.of(key)).signer(key, signature)).isNegative();
    }

    @Test
    void aKeyIsTheSameInCapitalsAndWithBlanksAroundTheCommas() {
        String one = master(new Random(1));
        String two = master(new Random(2));
        Keyring plain = Keyring.ofMasterKey(one + "," + two);
        Keyring pasted = Keyring.ofMasterKey(" " + one.toUpperCase(Locale.ROOT) + " ,\n" + two + "\n");

        assertThat(pasted.open(LABEL, Secrecy.SIGNING, plain.seal(LABEL, Secrecy.SIGNING, "s", "c"), "c")).contains("s");
        assertThat(pasted.probeKey().orElseThrow()).isEqualTo(plain.probeKey().orElseThrow());
        byte[] mine = plain.probeKey().orElseThrow();
        mine[0] ^= 1;
        assertThat(plain.probeKey().orElseThrow()).as("a copy").isNotEqualTo(mine);
    }

    /// An empty key between commas would be a ring that believes less, or more, than its operator thinks.
    @ParameterizedTest
    @ValueSource(strings = {",", "%s,", ",%s", "%s,,%s", "%s;%s", "%s %s", "%s0", "0x%s"})
    void aListWithAnythingElseIsRefused(String form) {
        String list = form.replace("%s", master(new Random(1)));

        assertThatThrownBy(() -> Keyring.ofMasterKey(list)).isInstanceOf(BadSettingException.class)
                .hasMessageNotContaining(master(new Random(1)));
        assertThatThrownBy(() -> Keyring.verifyingKey(list)).isInstanceOf(BadSettingException.class);
        assertThatThrownBy(() -> Keyring.ofVerifyingKey(list)).isInstanceOf(BadSettingException.class);
    }

    private static String master(Random random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
