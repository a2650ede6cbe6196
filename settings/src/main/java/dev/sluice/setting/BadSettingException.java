package dev.sluice.setting;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.sluice.text.Language;

/// An invalid setting. The message names the setting, the fault and the remedy, in one line of English and without the value, which may
/// be a key. [#text] is the same in the reader's language.
///
/// Remedy: correct the setting.
public final class BadSettingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 2;
    private static final int LONGEST_NAME = 40;
    /// Line ends, control and direction marks, half characters: a name may come from a request.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final transient @Nullable Setting setting;
    private final transient @Nullable SettingFault fault;
    private final String wrongInChinese;
    private final String wrongInEnglish;

    /// @param setting   which one
    /// @param fault     what is wrong with it
    /// @param arguments of the fault's text; never the value
    public BadSettingException(Setting setting, SettingFault fault, Object... arguments) {
        super("setting " + setting.label() + " " + fault.text(Locale.ENGLISH, arguments));
        this.setting = setting;
        this.fault = fault;
        this.wrongInChinese = "设置 " + setting.label() + " " + fault.wrong(Locale.CHINESE, arguments);
        this.wrongInEnglish = "setting " + setting.label() + " " + fault.wrong(Locale.ENGLISH, arguments);
    }

    private BadSettingException(String unknown, SettingFault fault) {
        super("setting " + unknown + " " + fault.text(Locale.ENGLISH));
        this.setting = null;
        this.fault = fault;
        this.wrongInChinese = "设置 " + unknown + " " + fault.wrong(Locale.CHINESE);
        this.wrongInEnglish = "setting " + unknown + " " + fault.wrong(Locale.ENGLISH);
    }

    /// What is wrong among several uses of settings, each thing once.
    public static List<BadSettingException> among(Runnable... uses) {
        Map<String, BadSettingException> faults = new LinkedHashMap<>();
        for (Runnable use : uses) {
            try {
                use.run();
            } catch (BadSettingException e) {
                faults.putIfAbsent(String.valueOf(e.getMessage()), e);
            }
        }
        return List.copyOf(faults.values());
    }

    /// There is no setting of the name.
    public static BadSettingException unknown(String name) {
        String line = UNPRINTABLE.matcher(name).replaceAll("?");
        boolean isShort = line.codePointCount(0, line.length()) <= LONGEST_NAME;
        return new BadSettingException(isShort ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME)) + "…",
                GeneralFault.UNKNOWN);
    }

    /// It is not about one setting: a file as a whole, or a variable of the environment, is wrong.
    public BadSettingException(String message) {
        super(message);
        this.setting = null;
        this.fault = null;
        this.wrongInChinese = message;
        this.wrongInEnglish = message;
    }

    /// Which one; nothing when it is about a file as a whole.
    public Optional<Setting> setting() {
        return Optional.ofNullable(setting);
    }

    /// What is wrong with it; nothing when it is about a file as a whole.
    public Optional<SettingFault> fault() {
        return Optional.ofNullable(fault);
    }

    /// What is wrong, as a stable code.
    public String code() {
        return fault == null ? "SETTINGS_UNUSABLE" : fault.name();
    }

    /// What is wrong, with the setting's name.
    public String wrong(Locale locale) {
        return Language.of(locale).either(wrongInChinese, wrongInEnglish);
    }

    /// What to do about it.
    public String remedy(Locale locale) {
        return fault == null ? "" : fault.remedy(locale);
    }

    /// Both, in one line. Chinese unless the reader would rather have English; about a file as a whole always English.
    public String text(Locale locale) {
        return (wrong(locale) + Language.of(locale).either("", " ") + remedy(locale)).strip();
    }
}
