package dev.sluice.provider.alipay;

import java.security.PublicKey;
import java.util.Optional;

import dev.sluice.event.Merchant;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

/// What is needed to believe Alipay, and nothing that could speak for us.
///
/// @param merchant        `app_id` and `seller_id`
/// @param alipayPublicKey Alipay's key, not the application's own
public record AlipayVerifying(Merchant merchant, PublicKey alipayPublicKey) {
    /// What the settings describe, or nothing when they do not name it whole.
    ///
    /// @throws BadSettingException when a setting cannot be right
    public static Optional<AlipayVerifying> from(Settings settings) {
        var appId = settings.text(Setting.ALIPAY_APP_ID);
        var sellerId = settings.text(Setting.ALIPAY_SELLER_ID);
        var publicKey = settings.text(Setting.ALIPAY_PUBLIC_KEY);
        if (appId.isEmpty() || sellerId.isEmpty() || publicKey.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AlipayVerifying(new Merchant(appId.get(), sellerId.get()), AlipayKeys.publicKey(publicKey.get())));
    }
}
