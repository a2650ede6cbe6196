package dev.sluice.provider.alipay;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.sluice.provider.wire.MalformedMessageException;
import dev.sluice.provider.wire.MessageBytes;

/// A form body, decoded exactly once and otherwise unchanged: a value that was trimmed or decoded twice has no valid signature.
///
/// As in the URL standard, empty pairs are skipped and a name without `=` has an empty value. An empty value is an absent one, in the
/// signature and in the meaning. Two things are stricter: a name is one of Alipay's, so that no other field can be hidden in it, and a line
/// break at the end belongs to the last value.
final class AlipayForm {
    private static final int MAX_PARAMETERS = 200;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}");

    private AlipayForm() {}

    static Map<String, String> parse(byte[] bytes) throws MalformedMessageException {
        MessageBytes.checkLength(bytes);
        String[] pairs = ascii(bytes).split("&", MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            throw new MalformedMessageException("more than " + MAX_PARAMETERS + " parameters");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (String pair : pairs) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                if (!NAME.matcher(name).matches()) {
                    throw new MalformedMessageException("a parameter has no name of Alipay's");
                }
                if (!names.add(name)) {
                    throw new MalformedMessageException("a parameter occurs twice");
                }
                if (!value.isEmpty()) {
                    parameters.put(name, value);
                }
            }
        }
        return parameters;
    }

    private static String ascii(byte[] bytes) throws MalformedMessageException {
        try {
            return StandardCharsets.US_ASCII.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException("not a form: bytes outside ASCII");
        }
    }

    private static String decode(String text) throws MalformedMessageException {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') >= 0) {
                throw new MalformedMessageException("not UTF-8");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("not a form: a broken escape");
        }
    }
}
