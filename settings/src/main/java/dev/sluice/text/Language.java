package dev.sluice.text;

import java.util.Locale;

/// The two languages that everything is said in to people: Chinese unless they would rather have English.
public enum Language {
    CHINESE, ENGLISH;

    /// The one that a reader gets.
    public static Language of(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? ENGLISH : CHINESE;
    }

    /// The words in this language.
    public String either(String chinese, String english) {
        return switch (this) {
            case CHINESE -> chinese;
            case ENGLISH -> english;
        };
    }
}
