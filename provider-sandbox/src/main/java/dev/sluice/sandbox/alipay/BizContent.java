package dev.sluice.sandbox.alipay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The `biz_content` of a call.
///
/// @param texts the fields that mean something here, as far as they were sent
record BizContent(Map<String, String> texts) {
    private static final Set<String> NAMES = Set.of(
            "out_trade_no", "trade_no", "total_amount", "subject", "seller_id", "body", "timeout_express", "qr_code_timeout_express",
            "time_expire", "passback_params");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Empty if this is no JSON object, if a name comes twice, or if one of our fields is not a text: an amount as a number is a float.
    static Optional<BizContent> in(Map<String, String> parameters) {
        try {
            JsonNode root = JSON.readTree(parameters.getOrDefault("biz_content", ""));
            Map<String, String> texts = new HashMap<>();
            for (String name : NAMES) {
                JsonNode value = root.get(name);
                if (value != null && value.isString()) {
                    texts.put(name, value.stringValue());
                } else if (value != null && !value.isNull()) {
                    return Optional.empty();
                }
            }
            return root.isObject() ? Optional.of(new BizContent(texts)) : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /// The merchant's number a call speaks of, whoever calls; empty if there is none.
    static String numberIn(Map<String, String> parameters) {
        return in(parameters).map(content -> content.text("out_trade_no")).orElse("");
    }

    /// A field's text, empty if it was not sent.
    String text(String name) {
        return texts.getOrDefault(name, "");
    }
}
