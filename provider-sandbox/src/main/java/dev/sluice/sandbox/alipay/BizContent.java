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

import dev.sluice.sandbox.alipay.GatewayResult.Refusal;

/// The `biz_content` of a call.
///
/// @param texts the known fields, as far as they were sent
record BizContent(Map<String, String> texts) {
    /// The refusal of a call whose content cannot be read.
    static final Refusal UNREADABLE = Refusal.invalid("isv.invalid-parameter", "biz_content无效");

    private static final Set<String> NAMES = Set.of(
            "out_trade_no", "trade_no", "total_amount", "subject", "seller_id", "body", "timeout_express", "qr_code_timeout_express",
            "time_expire", "passback_params");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Empty if this is no JSON object, if a name comes twice, or if a known field is not a string: an amount as a number is a float.
    static Optional<BizContent> in(Map<String, String> call) {
        try {
            JsonNode root = JSON.readTree(call.getOrDefault("biz_content", ""));
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

    /// The merchant's number in a call of any caller; empty without one.
    static String numberIn(Map<String, String> call) {
        return in(call).map(content -> content.text("out_trade_no")).orElse("");
    }

    /// A field's text, empty if it was not sent.
    String text(String name) {
        return texts.getOrDefault(name, "");
    }
}
