package dev.sluice.order.doctor;

import java.util.Locale;

import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.SettingFault;

/// One row of the doctor's table, in the reader's language. Nothing of a key is in it.
///
/// @param check   what was looked at
/// @param verdict how it is
/// @param code    what was found, stable
/// @param cause   the same as text
/// @param remedy  what to do about it; empty when there is nothing to do
public record CheckResult(String check, Severity verdict, String code, String cause, String remedy) {
    /// How it is.
    public enum Severity {
        OK,
        /// Works, or is fine for trials, and an operator should know.
        WARNING, FAILED,
        /// Could not be looked at, or need not be.
        SKIPPED
    }

    static CheckResult of(String check, Diagnosis.Found found, Locale locale) {
        return new CheckResult(check, found.verdict(), found.code(), found.cause().in(locale), found.remedy().in(locale));
    }

    static CheckResult of(String check, BadSettingException bad, Locale locale) {
        return new CheckResult(check, Severity.FAILED, bad.fault().map(SettingFault::name).orElse("SETTINGS_BAD"), bad.wrong(locale),
                bad.remedy(locale));
    }
}
