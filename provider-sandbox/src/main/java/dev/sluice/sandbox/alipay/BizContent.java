package dev.sluice.sandbox.alipay;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.sandbox.WebAddress;

/// What a call asks of its method.
///
/// @param texts the known fields of `biz_content`, as far as they were sent
/// @param notifyUrl where to send notifications
/// @param origin    of the gateway, as the caller reached it; empty when unknown
record BizContent(Map<String, String> texts, @Nullable URI notifyUrl, String origin) {
    private static final Set<String> NAMES = Set.of(
            "out_trade_no", "trade_no", "total_amount", "subject", "seller_id", "body", "timeout_express", "qr_code_timeout_express",
            "time_expire", "passback_params", "refund_amount", "refund_reason", "out_request_no", "bill_type", "bill_date");
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
                JsonNode value = root.path(name);
                if (value.isString()) {
                    texts.put(name, value.stringValue());
                } else if (!value.isMissingNode() && !value.isNull()) {
                    return Optional.empty();
                }
            }
            URI notifyUrl = WebAddress.read(call.getOrDefault("notify_url", "")).orElse(null);
            return root.isObject() ? Optional.of(new BizContent(texts, notifyUrl, "")) : Optional.empty();
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    /// The same, by a caller that reached the gateway there.
    BizContent reachedAt(String where) {
        return new BizContent(texts, notifyUrl, where);
    }

    /// A field's text, empty if it was not sent.
    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    /// The merchant's number of the trade; empty without one.
    String number() {
        return text("out_trade_no");
    }
}
