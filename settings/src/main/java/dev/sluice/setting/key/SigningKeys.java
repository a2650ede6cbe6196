package dev.sluice.setting.key;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.subtle.Ed25519Verify;

/// Ed25519 by Tink. The first key signs, if it is a private one; each key verifies.
public final class SigningKeys {
    private final Optional<Ed25519Sign> signer;
    private final List<Ed25519Verify> verifiers;

    private SigningKeys(Optional<Ed25519Sign> signer, List<Ed25519Verify> verifiers) {
        this.signer = signer;
        this.verifiers = verifiers;
    }

    /// Keys that sign and verify.
    ///
    /// @param seeds private keys of 32 bytes each
    public static SigningKeys ofSeeds(List<byte[]> seeds) {
        try {
            return new SigningKeys(Optional.of(new Ed25519Sign(seeds.getFirst())),
                    seeds.stream().map(SigningKeys::publicKey).map(Ed25519Verify::new).toList());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink does not take the keys", e);
        }
    }

    /// Keys that only verify.
    ///
    /// @param publicKeys of 32 bytes each; none verifies nothing
    public static SigningKeys ofPublicKeys(List<byte[]> publicKeys) {
        return new SigningKeys(Optional.empty(), publicKeys.stream().map(Ed25519Verify::new).toList());
    }

    /// The public key of a seed.
    public static byte[] publicKey(byte[] seed) {
        try {
            return Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink does not take the key", e);
        }
    }

    /// The signature of a content.
    ///
    /// @throws IllegalStateException when no key is a private one
    public byte[] sign(byte[] content) {
        try {
            return signer.orElseThrow(() -> new IllegalStateException("no key that signs")).sign(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /// Which of the keys has signed it, from 0 on; -1 when none has.
    public int signer(byte[] content, byte[] signature) {
        return IntStream.range(0, verifiers.size()).filter(i -> verifies(verifiers.get(i), content, signature)).findFirst().orElse(-1);
    }

    private static boolean verifies(Ed25519Verify key, byte[] content, byte[] signature) {
        try {
            key.verify(signature, content);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
