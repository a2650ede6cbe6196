package dev.sluice.provider.alipay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// RSA2 (SHA256withRSA), the only accepted algorithm: a forger would choose the weaker one.
final class AlipaySignature {
    static final String TYPE = "RSA2";
    private static final Set<String> NOT_SIGNED = Set.of("sign", "sign_type");

    private final PublicKey alipayPublicKey;

    AlipaySignature(PublicKey alipayPublicKey) {
        this.alipayPublicKey = alipayPublicKey;
    }

    /// The signed text of a notification: every non-empty parameter, known to us or not, except `sign` and `sign_type`.
    static String signedText(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet()
                .stream()
                .filter(parameter -> !NOT_SIGNED.contains(parameter.getKey()) && !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
    }

    /// Of a right signature, the same however it is spelled: Base64 leaves its last bits and its padding open.
    static String identity(String sign) {
        return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(sign));
    }

    boolean isRight(String text, String sign) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(alipayPublicKey);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Not Base64, or not as long as the key: as wrong as any other signature.
            return false;
        }
    }
}
