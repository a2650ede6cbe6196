package dev.sluice.provider.wechat.v2.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.xml.XmlMapper;

import dev.sluice.provider.wire.MalformedMessageException;
import dev.sluice.provider.wire.MessageBytes;

/// The one-level XML of WeChat Pay v2. Parsing comes before any signature can be checked, so the parser is the attack surface:
/// no DOCTYPE, no element twice, no nesting, no attributes, UTF-8 only, and not too long.
public final class WechatXml {
    /// The plain builder, on purpose: with a stream factory of one's own, Jackson's protection against entities is off.
    private static final XmlMapper MAPPER = XmlMapper.builder().build();

    private WechatXml() {}

    /// The fields of a message that are not empty.
    ///
    /// @throws MalformedMessageException when it is no message of WeChat Pay
    public static Map<String, String> parse(byte[] bytes) throws MalformedMessageException {
        MessageBytes.checkLength(bytes);
        String text = decode(bytes);
        if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY")) {
            throw new MalformedMessageException("has a DOCTYPE");
        }
        return fields(tree(text));
    }

    private static String decode(byte[] bytes) throws MalformedMessageException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException("not UTF-8");
        }
    }

    private static JsonNode tree(String text) throws MalformedMessageException {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new MalformedMessageException("not XML");
        }
    }

    private static Map<String, String> fields(JsonNode root) throws MalformedMessageException {
        if (!root.isObject() || root.isEmpty()) {
            throw new MalformedMessageException("no fields");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (var field : root.properties()) {
            // Two elements of one name become an array, nesting and attributes an object, text beside elements a field without a name.
            if (!field.getValue().isString() || field.getKey().isEmpty()) {
                throw new MalformedMessageException("an element occurs twice, is nested or has attributes");
            }
            // Empty is absent, in the signature and in the meaning.
            if (!field.getValue().stringValue().isEmpty()) {
                fields.put(field.getKey(), field.getValue().stringValue());
            }
        }
        return fields;
    }

    /// The bytes of a message.
    public static byte[] write(Map<String, String> fields) {
        return MAPPER.writer().withRootName("xml").writeValueAsBytes(fields);
    }
}
