package dev.sluice.edge.answer;

import java.util.Locale;
import java.util.ResourceBundle;

/// The texts of an app's codes, in Chinese and English: `messages_zh.properties` and `messages_en.properties` in the package of their
/// owner, in UTF-8. Chinese unless the caller prefers English.
public final class AnswerTexts {
    private static final ResourceBundle.Control EXACTLY = ResourceBundle.Control
            .getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Class<?> owner;

    private AnswerTexts(Class<?> owner) {
        this.owner = owner;
    }

    /// The texts of a class's package.
    public static AnswerTexts beside(Class<?> owner) {
        return new AnswerTexts(owner);
    }

    /// The text of a key, with its arguments.
    ///
    /// @throws java.util.MissingResourceException when the key is missing
    public String of(Locale locale, String key, Object... arguments) {
        Locale language = locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? Locale.ENGLISH : Locale.CHINESE;
        ResourceBundle texts = ResourceBundle.getBundle(owner.getPackageName() + ".messages", language, owner.getClassLoader(), EXACTLY);
        return String.format(Locale.ROOT, texts.getString(key), arguments);
    }
}
