package dev.sluice.provider.alipay;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.provider.alipay.message.AlipayReply;
import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.wire.ProviderText;

/// A synchronous answer of the gateway, `{"alipay_..._response":{...},"sign":"..."}`. The exact text of the node is signed:
/// parsed and written again it would lose its `\/` escapes.
final class AlipayAnswer {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private AlipayAnswer() {}

    /// Reads an answer. Here is the only place where Alipay's signature of answers is checked.
    ///
    /// @param nodeName of the answer to the question
    static ProviderReply<AlipayReply> read(byte[] body, String nodeName, AlipaySignature signature) {
        String text = new String(body, StandardCharsets.UTF_8);
        return signedNode(text, nodeName, signature)
                .<ProviderReply<AlipayReply>>map(node -> new ProviderReply.Signed<>(new AlipayReply(node), body))
                .or(() -> unsigned(text, nodeName, body))
                .orElseGet(() -> new ProviderReply.Unusable<>("the answer is not Alipay's JSON", body));
    }

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

    /// The same node, or the one for errors, signed or not; empty when both are missing.
    private static Optional<ProviderReply<AlipayReply>> unsigned(String text, String nodeName, byte[] body) {
        try {
            JsonNode all = MAPPER.readTree(text);
            return Stream.of(nodeName, "error_response").map(all::path).filter(JsonNode::isObject).findFirst().map(AlipayReply::new)
                    .map(reply -> new ProviderReply.Unsigned<>(ProviderText.shown((reply.code() + " " + reply.subCode()).strip()),
                            ProviderText.shown(reply.text("sub_msg")), !all.path("sign").asString("").isEmpty(), body));
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
