package dev.sluice.provider.wire;

import java.nio.charset.StandardCharsets;

/// What the payer reads, in a form that both providers accept.
public final class Subject {
    /// WeChat Pay's limit for `body`, the tighter of the two.
    private static final int MAX_BYTES = 127;

    private Subject() {}

    /// Without control characters, code points that XML cannot carry, and `/ = &`, cut to 127 bytes of UTF-8 between code points.
    public static String clean(String text) {
        return clean(text, MAX_BYTES);
    }

    /// The same, cut to so many bytes.
    public static String clean(String text, int mostBytes) {
        var kept = new StringBuilder();
        int bytes = 0;
        for (int codePoint : text.codePoints().filter(Subject::isAllowed).toArray()) {
            String character = Character.toString(codePoint);
            bytes += character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > mostBytes) {
                break;
            }
            kept.append(character);
        }
        return kept.toString().strip();
    }

    private static boolean isAllowed(int codePoint) {
        return WireText.isPlain(codePoint) && "/=&".indexOf(codePoint) < 0;
    }
}
