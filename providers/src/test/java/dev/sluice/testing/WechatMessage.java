package dev.sluice.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// What WeChat Pay says and reads, signed with MD5 by a few lines that share nothing with those under test.
public final class WechatMessage {
    private WechatMessage() {}

    public static String signed(Map<String, String> fields, String key) {
        Map<String, String> all = new TreeMap<>(fields);
        all.put("sign", sign(fields, key));
        return all.entrySet().stream()
                .map(field -> "<" + field.getKey() + "><![CDATA[" + field.getValue() + "]]></" + field.getKey() + ">")
                .collect(Collectors.joining("", "<xml>", "</xml>"));
    }

    /// The signature of all fields but `sign`.
    public static String sign(Map<String, String> fields, String key) {
        String text = new TreeMap<>(fields).entrySet().stream()
                .filter(field -> !field.getValue().isEmpty() && !field.getKey().equals("sign")).map(Object::toString)
                .collect(Collectors.joining("&", "", "&key=" + key));
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /// The fields of a message, read by the JDK's parser.
    ///
    /// @throws IllegalArgumentException when it is no XML
    public static Map<String, String> fields(byte[] xml) {
        try {
            NodeList nodes = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml))
                    .getDocumentElement().getChildNodes();
            Map<String, String> fields = new TreeMap<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                fields.put(nodes.item(i).getNodeName(), nodes.item(i).getTextContent());
            }
            return fields;
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
