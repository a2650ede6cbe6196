package dev.sluice.reconcile.audit.export;

import java.time.Duration;
import java.util.regex.Pattern;

/// The bounds of this package, each with its name.
final class Limits {
    static final int EXPORTS_AT_ONCE = 3;
    /// The longest export. Its caller continues behind the last row that came.
    static final Duration EXPORT_WITHIN = Duration.ofMinutes(30);
    static final Duration RETRY_EXPORT_AFTER = Duration.ofSeconds(10);
    /// Rows that are read with one statement; with their values, which may have 100 KiB each, fewer.
    static final int ROWS_READ_AT_ONCE = 2_000;
    static final int ROWS_WITH_VALUES_READ_AT_ONCE = 200;
    /// Rows that are handed to the server at once: it asks for up to 128 such pieces before its caller has read one.
    static final int ROWS_OF_A_PIECE = 50;
    /// What a filter may be.
    static final Pattern FILTER = Pattern.compile("[!-~]{1,128}");
    /// Digits that a spreadsheet keeps; of a longer number it changes the last ones.
    static final int DIGITS_OF_A_SPREADSHEET = 15;

    private Limits() {}
}
