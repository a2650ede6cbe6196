package dev.sluice.provider.wire;

/// The characters that a text of ours may have on the wire.
public final class WireText {
    private static final int NONCHARACTERS = 0xFDD0;
    private static final int NONCHARACTERS_END = 0xFDEF;
    private static final int LAST_TWO_OF_A_PLANE = 0xFFFE;

    private WireText() {}

    /// Whether XML, JSON and UTF-8 can carry it: neither a control character, nor half of a surrogate pair, nor a code point that Unicode
    /// will never assign (U+FFFE, U+FFFF and their like).
    public static boolean isPlain(int codePoint) {
        boolean isNoncharacter = (codePoint & LAST_TWO_OF_A_PLANE) == LAST_TWO_OF_A_PLANE
                || (codePoint >= NONCHARACTERS && codePoint <= NONCHARACTERS_END);
        return !isNoncharacter && !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
