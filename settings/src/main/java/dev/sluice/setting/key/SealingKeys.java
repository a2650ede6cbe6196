package dev.sluice.setting.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;

/// AES-256-GCM by Tink. The first key seals, each key opens.
public final class SealingKeys {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final Aead aead;

    /// @param keys of 32 bytes each
    @AccessesPartialKey
    public SealingKeys(List<byte[]> keys) {
        try {
            AeadConfig.register();
            var parameters = AesGcmParameters.builder().setKeySizeBytes(KeyDerivation.KEY_BYTES).setIvSizeBytes(NONCE_BYTES)
                    .setTagSizeBytes(TAG_BYTES).setVariant(AesGcmParameters.Variant.NO_PREFIX).build();
            KeysetHandle.Builder keyset = KeysetHandle.newBuilder();
            for (int i = 0; i < keys.size(); i++) {
                var bytes = SecretBytes.copyFrom(keys.get(i), InsecureSecretKeyAccess.get());
                var entry = KeysetHandle.importKey(AesGcmKey.builder().setParameters(parameters).setKeyBytes(bytes).build())
                        .withFixedId(i + 1);
                keyset.addEntry(i == 0 ? entry.makePrimary() : entry);
            }
            this.aead = keyset.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink does not take the keys", e);
        }
    }

    /// Seals a text for one place only.
    ///
    /// @param place where it will be, as `open` has to repeat it
    /// @return Base64
    public String seal(String text, String place) {
        try {
            return Base64.getEncoder().encodeToString(aead.encrypt(text.getBytes(StandardCharsets.UTF_8), bytes(place)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal for " + place, e);
        }
    }

    /// The text; nothing when it was sealed by another key, or for another place.
    public Optional<String> open(String sealed, String place) {
        try {
            return Optional.of(new String(aead.decrypt(Base64.getDecoder().decode(sealed), bytes(place)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String place) {
        return place.getBytes(StandardCharsets.UTF_8);
    }
}
