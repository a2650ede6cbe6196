package dev.sluice.sandbox.wallet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/// The two languages of the wallet, with their texts.
enum Language {
    CHINESE("zh-CN", Locale.CHINESE),
    ENGLISH("en", Locale.ENGLISH);

    private static final String BUNDLE = Language.class.getPackageName() + ".messages";

    private final String tag;
    private final Locale locale;

    Language(String tag, Locale locale) {
        this.tag = tag;
        this.locale = locale;
    }

    /// As HTML names it.
    String tag() {
        return tag;
    }

    /// The text of a key, with the arguments in their places.
    String text(String key, Object... arguments) {
        ResourceBundle texts = ResourceBundle.getBundle(BUNDLE, locale, Language.class.getClassLoader());
        return String.format(Locale.ROOT, texts.getString(key), arguments);
    }

    /// The language of a tag such as `en`; empty for any other text.
    static Optional<Language> named(String tag) {
        return List.of(values()).stream().filter(language -> language.tag.equals(tag)).findFirst();
    }

    /// The first of the two that a reader accepts; Chinese if none.
    static Language accepted(List<Locale.LanguageRange> ranges) {
        Locale best = Locale.lookup(ranges, List.of(Locale.CHINESE, Locale.ENGLISH));
        return Locale.ENGLISH.equals(best) ? ENGLISH : CHINESE;
    }
}
