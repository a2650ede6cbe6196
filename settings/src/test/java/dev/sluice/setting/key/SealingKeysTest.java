package dev.sluice.setting.key;

import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SealingKeysTest {
    private static final byte[] ONE = new byte[32];
    private static final byte[] TWO = KeyDerivation.derive(ONE, "another");
    private final SealingKeys keys = new SealingKeys(List.of(ONE));

    @Test
    void opensWhatItSealedAtItsPlaceOnly() {
        String sealed = keys.seal("密钥 text", "here");

        assertThat(keys.open(sealed, "here")).contains("密钥 text");
        assertThat(keys.open(sealed, "there")).isEmpty();
        assertThat(new SealingKeys(List.of(TWO)).open(sealed, "here")).isEmpty();
        assertThat(new SealingKeys(List.of(TWO, ONE)).open(sealed, "here")).contains("密钥 text");
    }

    /// Each bit counts.
    @Test
    void opensNothingThatWasAltered() {
        byte[] sealed = Base64.getDecoder().decode(keys.seal("text", "here"));
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThat(keys.open(Base64.getEncoder().encodeToString(altered), "here")).as("byte %d", i).isEmpty();
        }
        assertThat(keys.open("", "here")).isEmpty();
        assertThat(keys.open("!", "here")).isEmpty();
    }

    @Test
    void derivesAKeyForEachPurpose() {
        assertThat(KeyDerivation.derive(ONE, "a")).hasSize(KeyDerivation.KEY_BYTES).isEqualTo(KeyDerivation.derive(ONE, "a"))
                .isNotEqualTo(KeyDerivation.derive(ONE, "b")).isNotEqualTo(KeyDerivation.derive(TWO, "a"));
    }

    @Test
    void aKeyOfAnotherLengthIsAFault() {
        assertThatThrownBy(() -> new SealingKeys(List.of(new byte[16]))).isInstanceOf(RuntimeException.class);
    }
}
