package dev.sluice.notify;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.NotificationVerifier;
import dev.sluice.provider.Verdict;
import dev.sluice.provider.alipay.AlipayNotificationVerifier;
import dev.sluice.provider.alipay.AlipayVerificationKeys;
import dev.sluice.provider.wechat.v2.WechatMerchant;
import dev.sluice.provider.wechat.v2.WechatNotificationVerifier;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

/// The verifiers of the providers that are set up, each with the one of the key before for as long as that is believed. A key that was
/// taken away is one before, too.
///
/// A provider whose account is not set up has none, and nothing is believed of it. Switching a method off (`WechatEnabled`) stops new
/// orders only: what was paid is still verified.
final class Verifiers {
    private static final Logger LOG = LoggerFactory.getLogger(Verifiers.class);

    private final Map<Provider, Keys> byProvider = new TreeMap<>();

    /// @param until when the one before ceases to be believed
    private record Keys(Optional<NotificationVerifier> now, Optional<NotificationVerifier> before, Instant until) {}

    private Verifiers() {}

    /// @throws BadSettingException when a setting of the file cannot be right
    static Verifiers from(Settings settings) {
        Verifiers verifiers = new Verifiers();
        verifiers.add(new Provider("wechat"), settings, Setting.WECHAT_API_V2_KEY,
                each -> WechatMerchant.from(each).map(WechatNotificationVerifier::new));
        verifiers.add(new Provider("alipay"), settings, Setting.ALIPAY_PUBLIC_KEY,
                each -> AlipayVerificationKeys.from(each).map(AlipayNotificationVerifier::new));
        return verifiers;
    }

    private void add(Provider provider, Settings settings, Setting key, Function<Settings, Optional<NotificationVerifier>> verifier) {
        Optional<Settings.Before> before = settings.before(key);
        byProvider.put(provider, new Keys(settings.part(() -> verifier.apply(settings)),
                before.flatMap(each -> settings.part(() -> verifier.apply(each.settings()))),
                before.map(Settings.Before::until).orElse(Instant.MIN)));
    }

    Verdict verify(Provider provider, byte[] body, Instant now) {
        Keys keys = Objects.requireNonNull(byProvider.get(provider));
        Verdict verdict = keys.now().map(each -> each.verify(body))
                .orElseGet(() -> new Verdict.Forged("no key to check it with: the account is not set up"));
        if (!(verdict instanceof Verdict.Forged) || keys.before().isEmpty() || !now.isBefore(keys.until())) {
            return verdict;
        }
        Verdict before = keys.before().get().verify(body);
        if (before instanceof Verdict.Forged) {
            return verdict;
        }
        LOG.atInfo().addKeyValue("provider", provider).addKeyValue("until", keys.until()).log("believed by the key before the last change");
        return before;
    }
}
