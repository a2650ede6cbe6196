package dev.sluice.sandbox.wechat;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Reads and writes the flat `<xml>` of WeChat Pay v2. Parsing comes before verification, so the parser is hardened: DOCTYPE ends it.
final class WechatXml {
    private static final String ROOT = "xml";

    private WechatXml() {}

    static Reading read(byte[] body) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            XMLStreamReader xml = parser().createXMLStreamReader(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text));
            String declared = xml.getCharacterEncodingScheme();
            return declared == null || declared.equalsIgnoreCase("utf-8") ? fields(xml) : new NotUtf8();
        } catch (CharacterCodingException notUtf8) {
            return new NotUtf8();
        } catch (XMLStreamException malformed) {
            return new Malformed();
        }
    }

    static String write(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "<" + field.getKey() + "><![CDATA[" + field.getValue().replace("]]>", "]]]]><![CDATA[>") + "]]></"
                        + field.getKey() + ">")
                .collect(Collectors.joining("\n", "<xml>\n", "\n</xml>"));
    }

    private static XMLInputFactory parser() {
        // The JDK's own parser, whatever else is on the class path.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static Reading fields(XMLStreamReader xml) throws XMLStreamException {
        Map<String, String> values = new LinkedHashMap<>();
        // Moves over blanks and comments only: a DOCTYPE or text between elements ends it.
        xml.nextTag();
        if (!xml.getLocalName().equals(ROOT)) {
            return new Malformed();
        }
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String name = xml.getLocalName();
            String text = "";
            int event = xml.next();
            if (event == XMLStreamConstants.CHARACTERS) {
                text = xml.getText();
                event = xml.next();
            }
            // Only text within: a nested element would be read as text by one parser and dropped by another.
            if (event != XMLStreamConstants.END_ELEMENT || values.put(name, text) != null) {
                return new Malformed();
            }
        }
        while (xml.hasNext()) {
            xml.next();
        }
        return new Fields(values);
    }

    /// The result of reading a body.
    sealed interface Reading {}

    /// Every element's text by its name, exactly as written.
    record Fields(Map<String, String> values) implements Reading {}

    /// No flat, well-formed XML without DOCTYPE and without repeated elements.
    record Malformed() implements Reading {}

    /// Bytes that are not UTF-8, or that declare another encoding.
    record NotUtf8() implements Reading {}
}
