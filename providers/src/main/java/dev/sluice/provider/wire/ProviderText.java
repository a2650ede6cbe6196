package dev.sluice.provider.wire;

/// Text of a provider that is shown to operators: one line, and not too long. Most of it is unsigned, so any text may come.
public final class ProviderText {
    private static final int LONGEST = 200;

    private ProviderText() {}

    /// Cut to 200 characters, with a blank for each character that would begin a line, move a cursor or turn the direction of writing.
    public static String shown(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(LONGEST).map(each -> isPrinted(each) ? each : ' ').forEach(shown::appendCodePoint);
        return shown.toString().strip();
    }

    private static boolean isPrinted(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
