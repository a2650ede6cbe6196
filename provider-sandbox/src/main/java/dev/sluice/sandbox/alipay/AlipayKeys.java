package dev.sluice.sandbox.alipay;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.InvalidSettingException;
import dev.sluice.sandbox.SandboxProperties;

/// The two keys Alipay holds: the merchant application's public one to verify with, and its own private one to sign with.
@Component
final class AlipayKeys {
    /// Alipay takes no shorter key for RSA2.
    static final int MIN_BITS = 2048;

    private final PublicKey application;
    private final PrivateKey own;

    AlipayKeys(SandboxProperties properties) {
        application = read(
                "sandbox.alipay.app-public-key must be an RSA public key, base64 X.509 without header lines",
                properties.alipay().appPublicKey(),
                (factory, bytes) -> factory.generatePublic(new X509EncodedKeySpec(bytes)));
        own = read(
                "sandbox.alipay.private-key must be an RSA private key, base64 PKCS#8 without header lines",
                properties.alipay().privateKey(),
                (factory, bytes) -> factory.generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    }

    /// Verifies what the merchant sent.
    PublicKey application() {
        return application;
    }

    /// Signs what Alipay says.
    PrivateKey own() {
        return own;
    }

    private static <K> K read(String complaint, String base64, KeyReader<K> reader) {
        K key;
        try {
            key = reader.read(KeyFactory.getInstance("RSA"), Base64.getMimeDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new InvalidSettingException(complaint, malformed);
        }
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_BITS) {
            throw new InvalidSettingException(complaint + ", of at least " + MIN_BITS + " bits");
        }
        return key;
    }

    @FunctionalInterface
    private interface KeyReader<K> {
        K read(KeyFactory factory, byte[] bytes) throws GeneralSecurityException;
    }
}
