package dev.sluice.provider.wire;

import java.nio.charset.StandardCharsets;

/// What the payer reads, in a form that both providers accept.
public final class Subject {
    /// WeChat Pay's limit for `body`, the tighter of the two.
    private static final int MAX_BYTES = 127;

    private Subject() {}

    /// Without control characters, code points that XML cannot carry, and `/ = &`, cut to 127 bytes of UTF-8 between code points.
    public static String clean(String text) {
        var kept = new StringBuilder();
        int bytes = 0;
        for (int codePoint : text.codePoints().filter(Subject::isAllowed).toArray()) {
            String character = Character.toString(codePoint);
            bytes += character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
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
