package dev.sluice.order.doctor;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.sluice.order.doctor.CheckResult.Severity;
import dev.sluice.order.doctor.Diagnosis.Found;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.payment.AccountCheckResult;
import dev.sluice.provider.wire.ConnectionFailure;
import dev.sluice.provider.wire.ProviderClock;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.text.Texts;

/// The doctor's look at one provider's account.
record AccountDiagnosis(PaymentChannel channel, Settings settings) {
    /// What a check or a finding about the provider is named.
    static String code(PaymentChannel channel, String suffix) {
        return channel.provider().code().toUpperCase(Locale.ROOT) + "_" + suffix;
    }

    private List<Setting> needed() {
        return channel.settings().required();
    }

    private List<Setting> missing() {
        return needed().stream().filter(setting -> settings.text(setting).isEmpty()).toList();
    }

    private boolean isNotSetUp() {
        return missing().size() == needed().size();
    }

    private Found notSetUp() {
        return Diagnosis.NOT_SET_UP.with(labels(needed()));
    }

    private static String labels(List<Setting> settings) {
        return settings.stream().map(Setting::label).collect(Collectors.joining(", "));
    }

    /// Whether everything is set, right in itself, and switched on.
    ///
    /// @throws BadSettingException when a setting cannot be right
    Found lookAtSettings() {
        if (isNotSetUp()) {
            return notSetUp();
        }
        channel.faults(settings).stream().findFirst().ifPresent(fault -> {
            throw fault;
        });
        if (!missing().isEmpty()) {
            return Diagnosis.SETTINGS_MISSING.with(labels(missing()));
        }
        Setting offered = channel.settings().offered();
        if (!settings.flag(offered)) {
            return Diagnosis.SWITCHED_OFF.with(offered.label());
        }
        return channel.refundFault(settings).map(fault -> new Found(fault.code(), Severity.WARNING, fault::wrong, fault::remedy))
                .orElseGet(Diagnosis.SETTINGS_COMPLETE::with);
    }

    /// Whether our clock is the provider's.
    Found compareClocks(Clock clock) {
        if (isNotSetUp()) {
            return notSetUp();
        }
        URI gateway = URI.create(settings.text(channel.settings().gatewayUrl()).orElseThrow());
        try (var providerClock = new ProviderClock(clock)) {
            return providerClock.skew(gateway).map(AccountDiagnosis::judge).orElseGet(() -> Diagnosis.CLOCK_UNKNOWN.with());
        }
    }

    private static Found judge(Duration skew) {
        if (skew.abs().compareTo(Limits.CLOCK_WRONG) >= 0) {
            return Diagnosis.CLOCK_WRONG.with(skew.toSeconds());
        }
        return skew.abs().compareTo(Limits.CLOCK_WORTH_SAYING) >= 0
                ? Diagnosis.CLOCK_ASKEW.with(skew.toSeconds())
                : Diagnosis.CLOCK_RIGHT.with(Limits.CLOCK_WORTH_SAYING.toSeconds());
    }

    /// Whether the provider knows our key and we its.
    Found ask() {
        if (isNotSetUp()) {
            return notSetUp();
        }
        try {
            Optional<ProviderConnection> whole = channel.speaking(settings);
            if (whole.isEmpty()) {
                return Diagnosis.SETTINGS_FIRST.with();
            }
            try (ProviderConnection connection = whole.get()) {
                return judge(connection.accountCheck().examine());
            }
        } catch (BadSettingException e) {
            // The check of the settings reports the fault.
            return Diagnosis.SETTINGS_FIRST.with();
        }
    }

    private Found judge(AccountCheckResult finding) {
        return switch (finding) {
            case AccountCheckResult.Accepted() -> Diagnosis.ACCOUNT_ACCEPTED.with();
            case AccountCheckResult.SignatureRefused(var words) -> refused("SIGNATURE_REFUSED", words);
            case AccountCheckResult.AccountRefused(var code, var words) -> refused("ACCOUNT_REFUSED", (code + " " + words).strip());
            case AccountCheckResult.NotTheirSignature() -> refused("ANSWER_NOT_VERIFIED", "");
            case AccountCheckResult.Unreachable(var obstacle) -> silence(obstacle).with();
            case AccountCheckResult.Unclear(var words) -> Diagnosis.PROVIDER_UNCLEAR.with(words);
        };
    }

    /// In the provider's own text.
    private Found refused(String finding, String words) {
        Texts texts = channel.presentation().texts();
        return new Found(code(channel, finding), Severity.FAILED, locale -> texts.of(locale, finding + ".cause", words),
                locale -> texts.of(locale, finding + ".remedy"));
    }

    private static Diagnosis silence(ConnectionFailure obstacle) {
        return switch (obstacle) {
            case UNKNOWN_HOST -> Diagnosis.PROVIDER_UNKNOWN_HOST;
            case TLS -> Diagnosis.PROVIDER_TLS;
            case TIME_OUT -> Diagnosis.PROVIDER_TIME_OUT;
            case REFUSED -> Diagnosis.PROVIDER_CONNECTION_REFUSED;
            case BROKEN -> Diagnosis.PROVIDER_CONNECTION_BROKEN;
        };
    }
}
