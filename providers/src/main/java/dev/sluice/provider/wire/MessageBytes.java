package dev.sluice.provider.wire;

import java.nio.charset.StandardCharsets;

/// The bytes of a message before it is parsed. Any stranger can send some, so what costs nothing is looked at first.
public final class MessageBytes {
    /// Messages have 1 to 4 KiB.
    public static final int MOST = 16 * 1024;

    private MessageBytes() {}

    /// Refuses a message that is longer than any genuine one.
    ///
    /// @throws MalformedMessageException when it is too long to be parsed
    public static void checkLength(byte[] bytes) throws MalformedMessageException {
        if (bytes.length > MOST) {
            throw new MalformedMessageException("longer than " + MOST + " bytes");
        }
    }

    /// Whether the text stands in the bytes.
    ///
    /// @param text of ASCII
    public static boolean contain(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }
}
