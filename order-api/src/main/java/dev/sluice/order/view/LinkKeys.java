package dev.sluice.order.view;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.stereotype.Component;

import dev.sluice.setting.Keyring;

/// The keys of orders' links: the payer gives one to another screen or person, who sees the order's code by it and nothing else. Each
/// follows from the order's number and the master key, so every instance has the same, also after a rebuild.
@Component
public class LinkKeys {
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 16;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final List<byte[]> secrets;

    LinkKeys(Keyring keyring) {
        this.secrets = keyring.linkSecrets();
    }

    /// The key of an order's link; nothing without a master key.
    Optional<String> keyOf(String tradeNo) {
        return secrets.stream().findFirst().map(secret -> key(secret, tradeNo));
    }

    /// Whether a text is the key of the order's link. The time of the answer shows nothing about the right one.
    public boolean opens(String tradeNo, String key) {
        byte[] given = key.getBytes(StandardCharsets.UTF_8);
        return secrets.stream().map(secret -> key(secret, tradeNo).getBytes(StandardCharsets.UTF_8))
                .filter(right -> MessageDigest.isEqual(right, given)).count() > 0;
    }

    private static String key(byte[] secret, String tradeNo) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return TEXT.encodeToString(Arrays.copyOf(mac.doFinal(tradeNo.getBytes(StandardCharsets.UTF_8)), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
