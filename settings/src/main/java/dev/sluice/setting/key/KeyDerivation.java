package dev.sluice.setting.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Derives keys of 32 bytes: HKDF-Expand with SHA-256, one label for each purpose.
public final class KeyDerivation {
    /// Bytes of each key, derived or not.
    public static final int KEY_BYTES = 32;

    private KeyDerivation() {}

    /// The key for the purpose.
    public static byte[] derive(byte[] key, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.expandOnly(new SecretKeySpec(key, "HKDF"),
                    purpose.getBytes(StandardCharsets.US_ASCII), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 25 on has HKDF", e);
        }
    }
}
