package dev.sluice.text;

import java.util.Locale;

/// The two languages of messages for people: Chinese unless the reader prefers English.
public enum Language {
    CHINESE, ENGLISH;

    /// The language for a reader.
    public static Language of(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? ENGLISH : CHINESE;
    }

    /// The text in this language.
    public String either(String chinese, String english) {
        return switch (this) {
            case CHINESE -> chinese;
            case ENGLISH -> english;
        };
    }
}
