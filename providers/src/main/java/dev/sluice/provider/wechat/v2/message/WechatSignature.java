package dev.sluice.provider.wechat.v2.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Signature over the raw fields of a message: every non-empty field except `sign` counts, known to us or not.
///
/// Source: WeChat Pay v2, "签名算法".
public final class WechatSignature {
    /// The field that carries it.
    public static final String FIELD = "sign";

    private final String key;
    private final WechatSignType type;

    /// Signs with one key.
    ///
    /// @throws IllegalArgumentException when the key is blank: anyone could sign with that
    public WechatSignature(String key, WechatSignType type) {
        if (key.isBlank()) {
            throw new IllegalArgumentException("a blank key signs nothing");
        }
        this.key = key;
        this.type = type;
    }

    /// The signature of the fields.
    public String sign(Map<String, String> fields) {
        String text = new TreeMap<>(fields)
                .entrySet()
                .stream()
                .filter(field -> !field.getKey().equals(FIELD) && !field.getValue().isEmpty())
                .map(field -> field.getKey() + "=" + field.getValue() + "&")
                .collect(Collectors.joining("", "", "key=" + key));
        return type.digest(text, key);
    }

    /// Whether the fields carry a valid signature, of exactly the configured algorithm. `sign_type` is ignored: WeChat Pay omits it from
    /// notifications, and a forger would choose it.
    public boolean isRight(Map<String, String> fields) {
        String claimed = fields.getOrDefault(FIELD, "");
        return MessageDigest.isEqual(claimed.getBytes(StandardCharsets.UTF_8), sign(fields).getBytes(StandardCharsets.UTF_8));
    }
}
