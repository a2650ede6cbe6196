package dev.sluice.order.doctor;

import dev.sluice.order.doctor.CheckResult.Severity;
import dev.sluice.text.LocalText;
import dev.sluice.text.Texts;

/// Every result of the doctor besides a setting that is wrong in itself and the results that only a provider has texts for: a stable code
/// (the name) and its severity. Cause and remedy are in the message bundles beside it.
public enum Diagnosis {
    SETTINGS_COMPLETE(Severity.OK),
    NOT_SET_UP(Severity.SKIPPED),
    SETTINGS_MISSING(Severity.FAILED),
    SWITCHED_OFF(Severity.WARNING),
    SETTINGS_FIRST(Severity.SKIPPED),
    CLOCK_RIGHT(Severity.OK),
    CLOCK_ASKEW(Severity.WARNING),
    CLOCK_WRONG(Severity.FAILED),
    CLOCK_UNKNOWN(Severity.SKIPPED),
    ACCOUNT_ACCEPTED(Severity.OK),
    PROVIDER_UNKNOWN_HOST(Severity.FAILED),
    PROVIDER_TLS(Severity.FAILED),
    PROVIDER_TIME_OUT(Severity.FAILED),
    PROVIDER_CONNECTION_REFUSED(Severity.FAILED),
    PROVIDER_CONNECTION_BROKEN(Severity.FAILED),
    PROVIDER_UNCLEAR(Severity.WARNING),
    ADDRESS_PUBLIC(Severity.OK),
    ADDRESS_MISSING(Severity.FAILED),
    ADDRESS_UNKNOWN_HOST(Severity.FAILED),
    ADDRESS_PRIVATE(Severity.WARNING),
    ADDRESS_NOT_HTTPS(Severity.WARNING),
    NOTICES_ARRIVE(Severity.OK),
    NOTICES_UNPROVEN(Severity.SKIPPED),
    NOTICES_WITHOUT_ADDRESS(Severity.SKIPPED),
    NOTICES_NOT_CALLED(Severity.FAILED),
    NOTICES_UNKNOWN_HOST(Severity.FAILED),
    NOTICES_TLS(Severity.FAILED),
    NOTICES_TIME_OUT(Severity.FAILED),
    NOTICES_REFUSED(Severity.FAILED),
    NOTICES_BROKEN(Severity.FAILED),
    NOTICES_REDIRECTED(Severity.FAILED),
    NOTICES_BLOCKED(Severity.FAILED),
    NOTICES_GATEWAY_AWAY(Severity.FAILED),
    NOTICES_NOT_ROUTED(Severity.FAILED),
    NOTICES_ALTERED(Severity.FAILED),
    NOTICES_SOMEBODY_ELSE(Severity.FAILED),
    TOOK_TOO_LONG(Severity.FAILED),
    CHECK_BROKE(Severity.FAILED);

    private static final Texts TEXTS = Texts.beside(Diagnosis.class);

    private final Severity verdict;

    Diagnosis(Severity verdict) {
        this.verdict = verdict;
    }

    /// What was found.
    ///
    /// @param code stable
    record Found(String code, Severity verdict, LocalText cause, LocalText remedy) {}

    Found with(Object... arguments) {
        return new Found(name(), verdict, locale -> TEXTS.of(locale, name() + ".cause", arguments),
                locale -> TEXTS.of(locale, name() + ".remedy"));
    }

    public Severity verdict() {
        return verdict;
    }
}
