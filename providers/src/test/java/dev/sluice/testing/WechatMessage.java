package dev.sluice.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What WeChat Pay says, signed with MD5 by a few lines that share nothing with what reads them.
public final class WechatMessage {
    private WechatMessage() {}

    public static String signed(Map<String, String> fields, String key) {
        Map<String, String> all = new TreeMap<>(fields);
        String text = all.entrySet().stream().filter(field -> !field.getValue().isEmpty()).map(Object::toString)
                .collect(Collectors.joining("&", "", "&key=" + key));
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            all.put("sign", HexFormat.of().withUpperCase().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
        return all.entrySet().stream()
                .map(field -> "<" + field.getKey() + "><![CDATA[" + field.getValue() + "]]></" + field.getKey() + ">")
                .collect(Collectors.joining("", "<xml>", "</xml>"));
    }
}
