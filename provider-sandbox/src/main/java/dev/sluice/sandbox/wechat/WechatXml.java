package dev.sluice.sandbox.wechat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.CharacterData;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Reads and writes the flat `<xml>` of WeChat Pay v2. Parsing comes before verification, so the parser is hardened: DOCTYPE ends it.
final class WechatXml {
    private static final String ROOT = "xml";

    private WechatXml() {}

    static Reading read(byte[] body) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            Document document = parser().parse(new InputSource(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text)));
            String declared = document.getXmlEncoding();
            return declared == null || declared.equalsIgnoreCase("utf-8") ? fields(document) : new NotUtf8();
        } catch (CharacterCodingException notUtf8) {
            return new NotUtf8();
        } catch (SAXException malformed) {
            return new Malformed();
        } catch (IOException | ParserConfigurationException impossible) {
            throw new IllegalStateException("the JDK's XML parser fails", impossible);
        }
    }

    static String write(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "<" + field.getKey() + "><![CDATA[" + field.getValue().replace("]]>", "]]]]><![CDATA[>") + "]]></"
                        + field.getKey() + ">")
                .collect(Collectors.joining("\n", "<xml>\n", "\n</xml>"));
    }

    private static DocumentBuilder parser() throws ParserConfigurationException {
        // The JDK's own parser, whatever else is on the class path: these features are not portable.
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        DocumentBuilder parser = factory.newDocumentBuilder();
        // The JDK's own handler prints to the console.
        parser.setErrorHandler(new DefaultHandler());
        return parser;
    }

    private static Reading fields(Document document) {
        Element root = document.getDocumentElement();
        if (!root.getTagName().equals(ROOT)) {
            return new Malformed();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            boolean fits = switch (node) {
                case Element element -> flat(element) && values.put(element.getTagName(), element.getTextContent()) == null;
                case CharacterData space -> space.getNodeType() == Node.COMMENT_NODE || space.getData().isBlank();
                default -> false;
            };
            if (!fits) {
                return new Malformed();
            }
        }
        return new Fields(values);
    }

    /// Only text within: a nested element would be read as text by one parser and dropped by another.
    private static boolean flat(Element element) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() != Node.TEXT_NODE && node.getNodeType() != Node.CDATA_SECTION_NODE) {
                return false;
            }
        }
        return true;
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
