package dev.sluice.setting.form;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Text as people paste it, with what editors, web pages and consoles add to it unseen.
public final class PastedText {
    /// Byte order marks, zero-width characters, direction marks, soft hyphens.
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");
    private static final String OPENING_QUOTES = "\"'`“‘「";
    private static final String CLOSING_QUOTES = "\"'`”’」";
    private static final int FIRST_VISIBLE = 0x20;
    private static final int LAST_OF_THE_PLANE = 0xFFFE;

    private PastedText() {}

    /// Without blanks and invisible characters around it.
    static String stripped(String text) {
        // No pattern: one that looks for blanks at the end takes the square of the time of a long run within.
        String visible = INVISIBLE.matcher(text).replaceAll("");
        int start = 0;
        int end = visible.length();
        while (start < end && isBlank(visible.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(visible.charAt(end - 1))) {
            end--;
        }
        return visible.substring(start, end);
    }

    /// A blank of any kind, line ends included.
    private static boolean isBlank(char character) {
        return Character.isSpaceChar(character) || Character.isWhitespace(character);
    }

    /// A key without what cannot be part of any key: invisible characters, blanks around it, and one pair of quotes around it.
    public static String key(String text) {
        String bare = stripped(text);
        int quote = bare.length() < 2 ? -1 : OPENING_QUOTES.indexOf(bare.charAt(0));
        return quote >= 0 && bare.charAt(bare.length() - 1) == CLOSING_QUOTES.charAt(quote)
                ? stripped(bare.substring(1, bare.length() - 1))
                : bare;
    }

    /// The first character that XML 1.0 cannot carry, or that controls something; nothing in a clean text.
    public static OptionalInt firstForbidden(String text) {
        return text.codePoints().filter(PastedText::isForbidden).findFirst();
    }

    private static boolean isForbidden(int character) {
        return character < FIRST_VISIBLE || Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE
                || (character & LAST_OF_THE_PLANE) == LAST_OF_THE_PLANE;
    }
}
