package dev.sluice.setting.key;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SigningKeysTest {
    private static final byte[] TEXT = "a change".getBytes(StandardCharsets.UTF_8);
    /// The first test of RFC 8032, 7.1.
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private static final String SIGNATURE = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            + "d25bf5f0595bbe24655141438e7a100b";

    private final byte[] seed = hex(SEED);
    private final SigningKeys keys = SigningKeys.ofSeeds(List.of(seed));

    @Test
    void signsAsTheStandardSays() {
        assertThat(SigningKeys.publicKey(seed)).isEqualTo(hex(PUBLIC));
        assertThat(keys.sign(new byte[0])).isEqualTo(hex(SIGNATURE));
        assertThat(SigningKeys.ofPublicKeys(List.of(hex(PUBLIC))).signer(new byte[0], hex(SIGNATURE))).isZero();
    }

    @Test
    void verifiesWhatTheJdkSigns() throws Exception {
        Signature jdk = Signature.getInstance("Ed25519");
        jdk.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
        jdk.update(TEXT);

        assertThat(keys.signer(TEXT, jdk.sign())).isZero();
    }

    @Test
    void recognisesNothingThatWasAltered() {
        byte[] signature = keys.sign(TEXT);
        for (int i = 0; i < signature.length; i++) {
            byte[] altered = signature.clone();
            altered[i] ^= 1;
            assertThat(keys.signer(TEXT, altered)).as("byte %d", i).isNegative();
        }
        assertThat(keys.signer("A change".getBytes(StandardCharsets.UTF_8), signature)).isNegative();
        assertThat(keys.signer(TEXT, new byte[63])).isNegative();
    }

    @Test
    void aPublicKeySignsNothing() {
        SigningKeys gateway = SigningKeys.ofPublicKeys(List.of(hex(PUBLIC)));

        assertThatIllegalStateException().isThrownBy(() -> gateway.sign(TEXT));
        assertThat(SigningKeys.ofPublicKeys(List.of()).signer(TEXT, keys.sign(TEXT))).as("no key believes nothing").isNegative();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
