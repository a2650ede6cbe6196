package dev.sluice.provider.alipay.account;

import java.security.PublicKey;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.sluice.event.value.Merchant;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

/// What verifies Alipay's messages, without anything that could sign for us.
///
/// @param merchant        `app_id` and `seller_id`
/// @param alipayPublicKey Alipay's key, not the application's own
public record AlipayVerificationKeys(Merchant merchant, PublicKey alipayPublicKey) {
    private static final Pattern APP_ID = Pattern.compile("[0-9]{16}");
    private static final Pattern SELLER_ID = Pattern.compile("2088[0-9]{12}");

    /// The keys that the settings describe; empty when they are incomplete. What is set is checked in any case.
    ///
    /// @throws BadSettingException when a setting cannot be right
    public static Optional<AlipayVerificationKeys> from(Settings settings) {
        var appId = shaped(settings, AlipaySettings.APP_ID, APP_ID, AlipayFault.ALIPAY_APP_ID_MALFORMED);
        var sellerId = shaped(settings, AlipaySettings.SELLER_ID, SELLER_ID, AlipayFault.ALIPAY_SELLER_ID_MALFORMED);
        var publicKey = settings.text(AlipaySettings.PUBLIC_KEY).map(AlipayKeys::publicKey);
        if (appId.isEmpty() || sellerId.isEmpty() || publicKey.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AlipayVerificationKeys(new Merchant(appId.get(), sellerId.get()), publicKey.get()));
    }

    private static Optional<String> shaped(Settings settings, Setting setting, Pattern shape, AlipayFault fault) {
        Optional<String> value = settings.text(setting);
        if (value.isPresent() && !shape.matcher(value.get()).matches()) {
            throw new BadSettingException(setting, fault);
        }
        return value;
    }
}
