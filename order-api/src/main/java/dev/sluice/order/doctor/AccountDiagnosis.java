package dev.sluice.order.doctor;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.sluice.event.value.Provider;
import dev.sluice.order.doctor.Diagnosis.Found;
import dev.sluice.provider.AccountCheck;
import dev.sluice.provider.AccountCheckResult;
import dev.sluice.provider.ConnectionFailure;
import dev.sluice.provider.ProviderClock;
import dev.sluice.provider.alipay.AlipayAccountCheck;
import dev.sluice.provider.alipay.AlipayMerchant;
import dev.sluice.provider.wechat.v2.WechatAccountCheck;
import dev.sluice.provider.wechat.v2.WechatMerchant;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

/// The doctor's look at one provider's account.
record AccountDiagnosis(Provider provider, Settings settings) {
    private List<Setting> needed() {
        return switch (provider.code()) {
            case "wechat" -> List.of(Setting.WECHAT_APP_ID, Setting.WECHAT_MCH_ID, Setting.WECHAT_API_V2_KEY);
            default ->
                List.of(Setting.ALIPAY_APP_ID, Setting.ALIPAY_SELLER_ID, Setting.ALIPAY_PRIVATE_KEY, Setting.ALIPAY_PUBLIC_KEY);
        };
    }

    private List<Setting> missing() {
        return needed().stream().filter(setting -> settings.text(setting).isEmpty()).toList();
    }

    private Setting enabled() {
        return switch (provider.code()) {
            case "wechat" -> Setting.WECHAT_ENABLED;
            default -> Setting.ALIPAY_ENABLED;
        };
    }

    private URI gateway() {
        Setting gateway = switch (provider.code()) {
            case "wechat" -> Setting.WECHAT_GATEWAY_URL;
            default -> Setting.ALIPAY_GATEWAY_URL;
        };
        return URI.create(settings.text(gateway).orElseThrow());
    }

    /// To be closed by the caller; nothing when the account is not whole.
    ///
    /// @throws BadSettingException when a setting cannot be right
    private Optional<AccountCheck> check() {
        return switch (provider.code()) {
            case "wechat" -> WechatMerchant.from(settings).map(WechatAccountCheck::new);
            default -> AlipayMerchant.from(settings).map(AlipayAccountCheck::new);
        };
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

    /// Whether everything is there, right in itself, and switched on.
    ///
    /// @throws BadSettingException when a setting cannot be right
    Found lookAtSettings() {
        if (isNotSetUp()) {
            return notSetUp();
        }
        checkSettings();
        if (!missing().isEmpty()) {
            return Diagnosis.SETTINGS_MISSING.with(labels(missing()));
        }
        return settings.flag(enabled()) ? Diagnosis.SETTINGS_COMPLETE.with() : Diagnosis.SWITCHED_OFF.with(enabled().label());
    }

    private void checkSettings() {
        switch (provider.code()) {
            case "wechat" -> WechatMerchant.from(settings);
            default -> AlipayMerchant.from(settings);
        }
    }

    /// Whether our clock is the provider's.
    Found compareClocks(Clock clock) {
        if (isNotSetUp()) {
            return notSetUp();
        }
        try (var providerClock = new ProviderClock(clock)) {
            return providerClock.skew(gateway()).map(AccountDiagnosis::judge).orElseGet(() -> Diagnosis.CLOCK_UNKNOWN.with());
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
            Optional<AccountCheck> whole = check();
            if (whole.isEmpty()) {
                return Diagnosis.SETTINGS_FIRST.with();
            }
            try (AccountCheck check = whole.get()) {
                return judge(check.examine());
            }
        } catch (BadSettingException e) {
            // What is wrong is said where the settings are looked at.
            return Diagnosis.SETTINGS_FIRST.with();
        }
    }

    private Found judge(AccountCheckResult finding) {
        return switch (finding) {
            case AccountCheckResult.Accepted() -> Diagnosis.ACCOUNT_ACCEPTED.with();
            case AccountCheckResult.SignatureRefused(var words) ->
                either(Diagnosis.WECHAT_SIGNATURE_REFUSED, Diagnosis.ALIPAY_SIGNATURE_REFUSED).with(words);
            case AccountCheckResult.AccountRefused(var code, var words) ->
                either(Diagnosis.WECHAT_ACCOUNT_REFUSED, Diagnosis.ALIPAY_ACCOUNT_REFUSED).with((code + " " + words).strip());
            case AccountCheckResult.NotTheirSignature() ->
                either(Diagnosis.WECHAT_ANSWER_NOT_VERIFIED, Diagnosis.ALIPAY_ANSWER_NOT_VERIFIED).with();
            case AccountCheckResult.Unreachable(var obstacle) -> silence(obstacle).with();
            case AccountCheckResult.Unclear(var words) -> Diagnosis.PROVIDER_UNCLEAR.with(words);
        };
    }

    private Diagnosis either(Diagnosis ofWechat, Diagnosis ofAlipay) {
        return switch (provider.code()) {
            case "wechat" -> ofWechat;
            default -> ofAlipay;
        };
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
