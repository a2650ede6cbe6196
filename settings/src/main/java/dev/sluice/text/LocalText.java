package dev.sluice.text;

import java.util.Locale;

/// A text that is chosen when its reader is known.
@FunctionalInterface
public interface LocalText {
    /// The text for a reader. Chinese unless the reader would rather have English.
    String in(Locale locale);
}
