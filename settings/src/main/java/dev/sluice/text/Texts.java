package dev.sluice.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;

/// The texts that people read, in Chinese and English: `messages_zh.properties` and `messages_en.properties` in the package of their user,
/// in UTF-8. Chinese unless the reader prefers English.
public final class Texts {
    private static final ResourceBundle.Control EXACTLY = ResourceBundle.Control
            .getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Class<?> owner;

    private Texts(Class<?> owner) {
        this.owner = owner;
    }

    /// The texts of a class's package.
    public static Texts beside(Class<?> owner) {
        return new Texts(owner);
    }

    /// The text of a key, with what it speaks of put in; a [LocalText] among that in the same language.
    ///
    /// @throws java.util.MissingResourceException when the key is missing
    public String of(Locale locale, String key, Object... arguments) {
        Locale language = switch (Language.of(locale)) {
            case CHINESE -> Locale.CHINESE;
            case ENGLISH -> Locale.ENGLISH;
        };
        ResourceBundle bundle = ResourceBundle.getBundle(owner.getPackageName() + ".messages", language, owner.getClassLoader(), EXACTLY);
        Object[] known = Arrays.stream(arguments).map(each -> each instanceof LocalText text ? text.in(locale) : each).toArray();
        return String.format(Locale.ROOT, bundle.getString(key), known);
    }
}
