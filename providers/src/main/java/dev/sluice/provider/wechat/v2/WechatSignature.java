package dev.sluice.provider.wechat.v2;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Signature over the raw fields of a message: every field that is not empty and is not `sign` counts, known to us or not.
///
/// Source: WeChat Pay v2, "签名算法".
final class WechatSignature {
    static final String FIELD = "sign";

    private final String key;
    private final WechatSignType type;

    /// @throws IllegalArgumentException when the key is blank: anybody could sign with that
    WechatSignature(String key, WechatSignType type) {
        if (key.isBlank()) {
            throw new IllegalArgumentException("a blank key signs nothing");
        }
        this.key = key;
        this.type = type;
    }

    String sign(Map<String, String> fields) {
        String text = new TreeMap<>(fields)
                .entrySet()
                .stream()
                .filter(field -> !field.getKey().equals(FIELD) && !field.getValue().isEmpty())
                .map(field -> field.getKey() + "=" + field.getValue() + "&")
                .collect(Collectors.joining("", "", "key=" + key));
        return type.digest(text, key);
    }

    /// Whether the fields carry their own signature, of exactly the algorithm that we use. `sign_type` is not asked:
    /// WeChat Pay leaves it out of notices, and whoever forges one would choose it.
    boolean isRight(Map<String, String> fields) {
        String claimed = fields.getOrDefault(FIELD, "");
        return MessageDigest.isEqual(claimed.getBytes(StandardCharsets.UTF_8), sign(fields).getBytes(StandardCharsets.UTF_8));
    }
}
