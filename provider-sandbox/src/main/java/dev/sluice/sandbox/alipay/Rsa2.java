package dev.sluice.sandbox.alipay;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Alipay's RSA2: SHA256withRSA over UTF-8 text, in base64.
final class Rsa2 {
    private static final String ALGORITHM = "SHA256withRSA";

    private Rsa2() {}

    /// The text that is signed for a set of parameters: those not empty, sorted, except the ones named.
    static String text(Map<String, String> parameters, String... except) {
        Collection<String> left = Set.of(except);
        return new TreeMap<>(parameters)
                .entrySet().stream()
                .filter(parameter -> !left.contains(parameter.getKey()) && !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
    }

    static String sign(String text, PrivateKey key) {
        return sign(ALGORITHM, text, key);
    }

    /// The signature of type `RSA`, over SHA-1, which no merchant should take any more.
    static String signAsOfOld(String text, PrivateKey key) {
        return sign("SHA1withRSA", text, key);
    }

    private static String sign(String algorithm, String text, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("cannot sign with sandbox.alipay.private-key", unusable);
        }
    }

    /// Whether the key's owner signed the text; what is not even a signature is no proof either.
    static boolean verifies(String text, String sign, PublicKey key) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(text.getBytes(UTF_8));
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
            return false;
        }
    }
}
