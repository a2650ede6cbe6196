package dev.sluice.provider.alipay;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A form body, decoded exactly once and otherwise unchanged: a value that was trimmed or decoded twice has no valid signature.
final class AlipayForm {
    /// Notifications have 1 to 3 KiB.
    static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_PARAMETERS = 200;

    private AlipayForm() {}

    /// Not a form. The message never quotes it.
    static final class MalformedFormException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedFormException(String message) {
            super(message);
        }
    }

    static Map<String, String> parse(byte[] bytes) throws MalformedFormException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedFormException("longer than " + MAX_BYTES + " bytes");
        }
        String[] pairs = ascii(bytes).split("&", MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            throw new MalformedFormException("more than " + MAX_PARAMETERS + " parameters");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new MalformedFormException("not a form");
            }
            if (parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))) != null) {
                throw new MalformedFormException("a parameter occurs twice");
            }
        }
        return parameters;
    }

    private static String ascii(byte[] bytes) throws MalformedFormException {
        try {
            return StandardCharsets.US_ASCII.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFormException("not a form: bytes outside ASCII");
        }
    }

    private static String decode(String text) throws MalformedFormException {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.indexOf('\uFFFD') >= 0) {
                throw new MalformedFormException("not UTF-8");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw new MalformedFormException("not a form: a broken escape");
        }
    }
}
