package dev.sluice.setting;

import java.util.Locale;

import dev.sluice.text.Language;
import dev.sluice.text.Texts;

/// What can be wrong with a setting: an enum constant, whose name is the stable code, and two texts beside its enum: `CODE.wrong`, which
/// reads on after the name of the setting, and `CODE.remedy`. No text ever holds a value, which may be a key.
public interface SettingFault {
    /// The stable code.
    String name();

    /// What is wrong, to be read after the setting's name. Chinese unless the reader would rather have English.
    default String wrong(Locale locale, Object... arguments) {
        return Texts.beside(getClass()).of(locale, name() + ".wrong", arguments);
    }

    /// What to do about it.
    default String remedy(Locale locale) {
        return Texts.beside(getClass()).of(locale, name() + ".remedy");
    }

    /// Both.
    default String text(Locale locale, Object... arguments) {
        return wrong(locale, arguments) + Language.of(locale).either("", " ") + remedy(locale);
    }
}
