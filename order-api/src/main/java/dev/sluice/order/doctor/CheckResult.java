package dev.sluice.order.doctor;

import java.util.Locale;

import dev.sluice.setting.BadSettingException;

/// One row of the doctor's table, in the reader's language. Nothing of a key is in it.
///
/// @param check   what was looked at
/// @param verdict how it is
/// @param code    what was found, stable
/// @param cause   the same in words
/// @param remedy  what to do about it; empty when there is nothing to do
public record CheckResult(Check check, Severity verdict, String code, String cause, String remedy) {
    /// What is looked at.
    public enum Check {
        WECHAT_SETTINGS, WECHAT_CLOCK, WECHAT_ACCOUNT, ALIPAY_SETTINGS, ALIPAY_CLOCK, ALIPAY_ACCOUNT, SERVER_ADDRESS, WECHAT_NOTICES,
        ALIPAY_NOTICES
    }

    /// How it is.
    public enum Severity {
        OK,
        /// Works, or is fine to try things out, and somebody should know.
        WARNING, FAILED,
        /// Could not be looked at, or need not be.
        SKIPPED
    }

    static CheckResult of(Check check, Diagnosis.Found found, Locale locale) {
        Diagnosis diagnosis = found.diagnosis();
        return new CheckResult(check, diagnosis.verdict(), diagnosis.name(), diagnosis.cause(locale, found.arguments()),
                diagnosis.remedy(locale));
    }

    static CheckResult of(Check check, BadSettingException bad, Locale locale) {
        return new CheckResult(check, Severity.FAILED, bad.fault().map(Enum::name).orElse("SETTINGS_BAD"), bad.wrong(locale),
                bad.remedy(locale));
    }
}
