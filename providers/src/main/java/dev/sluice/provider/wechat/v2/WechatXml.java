package dev.sluice.provider.wechat.v2;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.xml.XmlMapper;

/// The one-level XML of WeChat Pay v2. Parsing comes before any signature can be checked, so the parser is the attack surface:
/// no DOCTYPE, no element twice, no nesting, no attributes, UTF-8 only, and not too long.
final class WechatXml {
    /// Notifications have 1 to 3 KiB.
    static final int MAX_BYTES = 64 * 1024;

    /// The plain builder, on purpose: with a stream factory of one's own, Jackson's protection against entities is off.
    private static final XmlMapper MAPPER = XmlMapper.builder().build();

    private WechatXml() {}

    /// Not the XML of WeChat Pay. The message never quotes it.
    static final class MalformedXmlException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedXmlException(String message) {
            super(message);
        }
    }

    static Map<String, String> parse(byte[] bytes) throws MalformedXmlException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedXmlException("longer than " + MAX_BYTES + " bytes");
        }
        String text = decode(bytes);
        if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY")) {
            throw new MalformedXmlException("has a DOCTYPE");
        }
        return fields(tree(text));
    }

    private static String decode(byte[] bytes) throws MalformedXmlException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new MalformedXmlException("not UTF-8");
        }
    }

    private static JsonNode tree(String text) throws MalformedXmlException {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new MalformedXmlException("not XML");
        }
    }

    private static Map<String, String> fields(JsonNode root) throws MalformedXmlException {
        if (!root.isObject() || root.isEmpty()) {
            throw new MalformedXmlException("no fields");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (var field : root.properties()) {
            // Two elements of one name become an array, nesting and attributes an object, text beside elements a field without a name.
            if (!field.getValue().isString() || field.getKey().isEmpty()) {
                throw new MalformedXmlException("an element occurs twice, is nested or has attributes");
            }
            fields.put(field.getKey(), field.getValue().stringValue());
        }
        return fields;
    }

    static byte[] write(Map<String, String> fields) {
        return MAPPER.writer().withRootName("xml").writeValueAsBytes(fields);
    }
}
