package dev.sluice.provider.notification;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.sluice.event.value.Provider;

/// A notification that we send to ourselves through the public address. It is answered only when no proxy, firewall or character set
/// changed a byte of it, and when it ends at a gateway with the same key.
///
/// It has the shape of the provider's own notifications and everything in it that is known to be altered. It is not about money, so a
/// replayed one reveals and changes nothing.
public final class NotificationProbe {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 16;
    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{" + 2 * NONCE_BYTES + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Provider provider;
    private final NotificationFormat format;
    private final byte[] body;
    private final byte[] answer;

    private NotificationProbe(Provider provider, NotificationFormat format, byte[] body, byte[] answer) {
        this.provider = provider;
        this.format = format;
        this.body = body;
        this.answer = answer;
    }

    /// A new one, unlike any other.
    ///
    /// @param key 32 bytes that the gateway has, too
    /// @throws IllegalArgumentException when the key is of another length
    public static NotificationProbe of(Provider provider, NotificationFormat format, byte[] key) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return with(provider, format, key, HexFormat.of().formatHex(nonce));
    }

    private static NotificationProbe with(Provider provider, NotificationFormat format, byte[] key, String nonce) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a probe's key has " + KEY_BYTES + " bytes");
        }
        byte[] unsigned = body(format, nonce, "");
        byte[] answer = ("sluice probe " + hmac(key, "answer", unsigned)).getBytes(StandardCharsets.US_ASCII);
        return new NotificationProbe(provider, format, body(format, nonce, hmac(key, "probe", unsigned)), answer);
    }

    /// What the gateway answers: present only when `body` is a probe by this key and just as it was sent.
    public static Optional<byte[]> answer(byte[] key, Provider provider, NotificationFormat format, byte[] body) {
        return nonceIn(format, body)
                .map(nonce -> with(provider, format, key, nonce))
                .filter(probe -> MessageDigest.isEqual(probe.body, body))
                .map(probe -> probe.answer);
    }

    /// Every probe of a provider has its nonce at the same place.
    private static Optional<String> nonceIn(NotificationFormat format, byte[] body) {
        int from = format.probeUpToNonce().getBytes(StandardCharsets.UTF_8).length;
        if (body.length < from + 2 * NONCE_BYTES) {
            return Optional.empty();
        }
        String nonce = new String(body, from, 2 * NONCE_BYTES, StandardCharsets.ISO_8859_1);
        return NONCE.matcher(nonce).matches() ? Optional.of(nonce) : Optional.empty();
    }

    private static byte[] body(NotificationFormat format, String nonce, String sign) {
        return (format.probeUpToNonce() + nonce + format.probeAfterNonce(sign)).getBytes(StandardCharsets.UTF_8);
    }

    private static String hmac(byte[] key, String purpose, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(("sluice notify " + purpose + "\n").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /// Its path below the public address: the provider's own notify URL.
    public String path() {
        return NotifyUrl.path(provider);
    }

    /// The content type that it is sent with.
    public String contentType() {
        return format.contentType();
    }

    /// What is sent.
    public byte[] body() {
        return Arrays.copyOf(body, body.length);
    }

    /// Whether this is the answer of a gateway with our key that got exactly what was sent.
    public boolean isAnswered(int status, byte[] answer) {
        return status == 200 && MessageDigest.isEqual(this.answer, answer);
    }

    @Override
    public String toString() {
        return "NotificationProbe[" + provider + "]";
    }
}
