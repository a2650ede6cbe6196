package dev.sluice.provider;

import java.net.URLEncoder;
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

/// A notice that we send to ourselves through the public address: comes back answered only when not a byte of it was changed on the
/// way, by a proxy, a firewall or a character set, and when it ends at a gateway with the same key.
///
/// It has the shape of the provider's own notices and everything in it that is known to get hurt. It says nothing about money, so
/// whoever replays one learns and changes nothing.
public final class NotificationProbe {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 16;
    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{" + 2 * NONCE_BYTES + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Provider provider;
    private final byte[] body;
    private final byte[] answer;

    private NotificationProbe(Provider provider, byte[] body, byte[] answer) {
        this.provider = provider;
        this.body = body;
        this.answer = answer;
    }

    /// A new one, unlike any other.
    ///
    /// @param key 32 bytes that the gateway has, too
    /// @throws IllegalArgumentException when the key is of another length
    public static NotificationProbe of(Provider provider, byte[] key) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return with(provider, key, HexFormat.of().formatHex(nonce));
    }

    private static NotificationProbe with(Provider provider, byte[] key, String nonce) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a probe's key has " + KEY_BYTES + " bytes");
        }
        byte[] unsigned = body(provider, nonce, "");
        byte[] answer = ("sluice probe " + hmac(key, "answer", unsigned)).getBytes(StandardCharsets.US_ASCII);
        return new NotificationProbe(provider, body(provider, nonce, hmac(key, "probe", unsigned)), answer);
    }

    /// What the gateway answers: present only when `body` is a probe by this key and just as it was sent.
    public static Optional<byte[]> answer(byte[] key, Provider provider, byte[] body) {
        return nonceIn(provider, body)
                .map(nonce -> with(provider, key, nonce))
                .filter(probe -> MessageDigest.isEqual(probe.body, body))
                .map(probe -> probe.answer);
    }

    /// Every probe of a provider has its nonce at the same place.
    private static Optional<String> nonceIn(Provider provider, byte[] body) {
        int from = upToNonce(provider).getBytes(StandardCharsets.UTF_8).length;
        if (body.length < from + 2 * NONCE_BYTES) {
            return Optional.empty();
        }
        String nonce = new String(body, from, 2 * NONCE_BYTES, StandardCharsets.ISO_8859_1);
        return NONCE.matcher(nonce).matches() ? Optional.of(nonce) : Optional.empty();
    }

    private static byte[] body(Provider provider, String nonce, String sign) {
        return (upToNonce(provider) + nonce + afterNonce(provider, sign)).getBytes(StandardCharsets.UTF_8);
    }

    private static String upToNonce(Provider provider) {
        return switch (provider.code()) {
            case "wechat" -> "<xml><attach><![CDATA[充值 <测试> & \"+%2B' 完 ]]></attach>\n<nonce_str><![CDATA[";
            default -> "gmt_create=2026-11-22+16%3A00%3A00&charset=utf-8&subject=" + encoded("AI服务+充值 & <测试>/100%=") + "&notify_id=";
        };
    }

    private static String afterNonce(Provider provider, String sign) {
        return switch (provider.code()) {
            case "wechat" ->
                "]]></nonce_str>\n<return_code><![CDATA[PROBE]]></return_code>\n<sign><![CDATA[" + sign + "]]></sign>\n</xml>\n";
            default -> "&fund_bill_list=" + encoded("[{\"amount\":\"0.00\",\"fundChannel\":\"探测\"}]") + "&notify_type=probe&body=&sign="
                    + encoded(sign) + "&sign_type=PROBE+";
        };
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
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

    /// Where it goes, below the public address: the provider's own notify URL.
    public String path() {
        return "/api/" + provider.code() + "/notify";
    }

    /// As the provider says it.
    public String contentType() {
        return switch (provider.code()) {
            case "wechat" -> "text/xml";
            default -> "application/x-www-form-urlencoded; charset=utf-8";
        };
    }

    /// What is sent.
    public byte[] body() {
        return Arrays.copyOf(body, body.length);
    }

    /// Whether this is the word of a gateway with our key that got exactly what was sent.
    public boolean isAnswered(int status, byte[] answer) {
        return status == 200 && MessageDigest.isEqual(this.answer, answer);
    }

    @Override
    public String toString() {
        return "NotifyProbe[" + provider + "]";
    }
}
