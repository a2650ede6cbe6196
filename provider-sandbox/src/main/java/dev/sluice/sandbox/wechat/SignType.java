package dev.sluice.sandbox.wechat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The two signatures of WeChat Pay v2, as `sign_type` names them. The merchant's API key ends the signed text in both.
enum SignType {
    MD5("MD5"),
    HMAC_SHA256("HMAC-SHA256");

    private static final String SIGN = "sign";
    private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

    private final String wireName;

    SignType(String wireName) {
        this.wireName = wireName;
    }

    /// The type a request names; MD5 where it names none; empty where it names another.
    static Optional<SignType> of(Map<String, String> fields) {
        String name = fields.getOrDefault("sign_type", "");
        return name.isEmpty()
                ? Optional.of(MD5)
                : Arrays.stream(values()).filter(type -> type.wireName.equals(name)).findFirst();
    }

    /// Signs every field that is not empty, except the signature itself.
    String sign(Map<String, String> fields, String apiKey) {
        String text = new TreeMap<>(fields)
                .entrySet().stream()
                .filter(field -> !field.getKey().equals(SIGN) && !field.getValue().isEmpty())
                .map(field -> field.getKey() + "=" + field.getValue() + "&")
                .collect(Collectors.joining("", "", "key=" + apiKey));
        try {
            return UPPER_HEX.formatHex(digest(text.getBytes(UTF_8), apiKey.getBytes(UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JVM cannot compute " + wireName, missing);
        }
    }

    boolean verifies(Map<String, String> fields, String apiKey) {
        byte[] given = fields.getOrDefault(SIGN, "").getBytes(UTF_8);
        return MessageDigest.isEqual(given, sign(fields, apiKey).getBytes(UTF_8));
    }

    private byte[] digest(byte[] text, byte[] key) throws GeneralSecurityException {
        return switch (this) {
            case MD5 -> MessageDigest.getInstance("MD5").digest(text);
            case HMAC_SHA256 -> {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                yield mac.doFinal(text);
            }
        };
    }
}
