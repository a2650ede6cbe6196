package dev.sluice.sandbox.alipay;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.InvalidSettingException;
import dev.sluice.sandbox.SandboxProperties;

import static java.nio.charset.StandardCharsets.UTF_8;

/// RSA2 (SHA256withRSA over UTF-8 text, in base64) with the two keys Alipay holds: the application's public and its own private one.
@Component
final class AlipaySignature {
    /// Alipay takes no shorter key for RSA2.
    static final int MIN_BITS = 2048;

    static final String RSA2 = "SHA256withRSA";

    private final PublicKey applicationKey;
    private final PrivateKey ownKey;

    AlipaySignature(SandboxProperties properties) {
        applicationKey = read(
                "sandbox.alipay.app-public-key must be an RSA public key, base64 X.509 without header lines",
                properties.alipay().appPublicKey(),
                (factory, bytes) -> factory.generatePublic(new X509EncodedKeySpec(bytes)));
        ownKey = read(
                "sandbox.alipay.private-key must be an RSA private key, base64 PKCS#8 without header lines",
                properties.alipay().privateKey(),
                (factory, bytes) -> factory.generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    }

    /// Whether the merchant's application signed the call.
    boolean verifies(Map<String, String> call) {
        return verifies(text(call, "sign"), call.getOrDefault("sign", ""), applicationKey);
    }

    /// Alipay's signature of a text.
    String sign(String text) {
        return sign(RSA2, text, ownKey);
    }

    /// Alipay's signature of type `RSA`, over SHA-1, which no merchant should accept any more.
    String signWithSha1(String text) {
        return sign("SHA1withRSA", text, ownKey);
    }

    /// The text that is signed for a set of parameters: those not empty, sorted, except the ones named.
    static String text(Map<String, String> parameters, String... except) {
        Set<String> left = Set.of(except);
        return new TreeMap<>(parameters)
                .entrySet().stream()
                .filter(parameter -> !left.contains(parameter.getKey()) && !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
    }

    /// Whether the key's owner signed the text; a malformed signature proves nothing either.
    static boolean verifies(String text, String sign, PublicKey key) {
        try {
            Signature signature = Signature.getInstance(RSA2);
            signature.initVerify(key);
            signature.update(text.getBytes(UTF_8));
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    static String sign(String algorithm, String text, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("cannot sign with sandbox.alipay.private-key", unusable);
        }
    }

    private static <K> K read(String complaint, String base64, KeyReader<K> reader) {
        try {
            K key = reader.read(KeyFactory.getInstance("RSA"), Base64.getMimeDecoder().decode(base64));
            if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_BITS) {
                throw new InvalidSettingException(complaint + ", of at least " + MIN_BITS + " bits");
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new InvalidSettingException(complaint, malformed);
        }
    }

    @FunctionalInterface
    private interface KeyReader<K> {
        K read(KeyFactory factory, byte[] bytes) throws GeneralSecurityException;
    }
}
