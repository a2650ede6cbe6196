package dev.sluice.provider.alipay;

import java.util.Optional;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A synchronous answer of the gateway, `{"alipay_..._response":{...},"sign":"..."}`. The exact text of the node is signed:
/// parsed and written again it would lose its `\/` escapes.
final class AlipayAnswer {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private AlipayAnswer() {}

    /// The node, when Alipay signed the answer; empty when it did not, or when the body is malformed.
    static Optional<JsonNode> signedNode(String body, String nodeName, AlipaySignature signature) {
        try (JsonParser parser = MAPPER.createParser(body)) {
            String node = "";
            String sign = "";
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                if (name.equals(nodeName) && value == JsonToken.START_OBJECT && node.isEmpty()) {
                    node = rawText(parser, body);
                } else if (name.equals("sign") && value == JsonToken.VALUE_STRING && sign.isEmpty()) {
                    sign = parser.getString();
                } else if (name.equals(nodeName) || name.equals("sign")) {
                    return Optional.empty();
                } else {
                    parser.skipChildren();
                }
            }
            boolean right = !node.isEmpty() && !sign.isEmpty() && signature.isRight(node, sign);
            return right ? Optional.of(MAPPER.readTree(node)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// The content of an answer that Alipay did not sign.
    ///
    /// @param node   to be shown, never to be acted upon
    /// @param signed whether a signature is present at all
    record Unverified(JsonNode node, boolean signed) {}

    /// The same node, or the one for errors, signed or not; empty when both are missing.
    static Optional<Unverified> unverified(String body, String nodeName) {
        try {
            JsonNode all = MAPPER.readTree(body);
            return Stream.of(nodeName, "error_response").map(all::path).filter(JsonNode::isObject).findFirst()
                    .map(node -> new Unverified(node, !all.path("sign").asString("").isEmpty()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String rawText(JsonParser parser, String body) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        return body.substring(start, end);
    }
}
