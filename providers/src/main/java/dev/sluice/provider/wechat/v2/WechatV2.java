package dev.sluice.provider.wechat.v2;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.notification.NotificationFormat;
import dev.sluice.provider.notification.NotificationVerifier;
import dev.sluice.provider.notification.RotatingVerifier;
import dev.sluice.provider.wechat.account.WechatSettings;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Settings;

/// What version 2 of WeChat Pay's interface is able to do.
public final class WechatV2 {
    public static final NotificationFormat NOTIFICATIONS = new WechatNotificationFormat();

    private WechatV2() {}

    /// Checks the account.
    ///
    /// @throws BadSettingException when a setting of the account cannot be right, whether the account is whole or not
    public static void check(Settings settings) {
        WechatMerchant.from(settings);
        WechatSettings.clientCertificate(settings).ifPresent(certificate -> certificate.checkValid(Clock.systemUTC().instant()));
    }

    /// Opens a connection of the account, when it is set up.
    ///
    /// @throws BadSettingException when a setting cannot be right
    public static Optional<ProviderConnection> speaking(Settings settings) {
        return WechatMerchant.from(settings).map(WechatConnection::new);
    }

    /// Verifies the notifications of the account, when its key is set.
    ///
    /// @throws BadSettingException when a setting of the file cannot be right
    public static Optional<NotificationVerifier> verifying(Settings settings) {
        return RotatingVerifier.<Map<String, String>>of(settings, WechatSettings.API_V2_KEY,
                each -> WechatMerchant.from(each).map(WechatNotificationVerifier::new));
    }
}
