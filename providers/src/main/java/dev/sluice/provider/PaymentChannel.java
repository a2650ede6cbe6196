package dev.sluice.provider;

import java.util.List;
import java.util.Optional;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.bill.BillFormat;
import dev.sluice.provider.notification.NotificationFormat;
import dev.sluice.provider.notification.NotificationVerifier;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.SettingsOwner;

/// One payment provider: everything that an app may ask of it. It lives in a package of its own, `dev.sluice.provider.NAME`, and is found
/// by its line in `META-INF/services/dev.sluice.setting.SettingsOwner`.
public interface PaymentChannel extends SettingsOwner {
    /// The provider behind it.
    Provider provider();

    /// Which of its settings mean what to the apps.
    ChannelSettings settings();

    @Override
    default List<Setting> ownSettings() {
        return settings().all();
    }

    /// What is wrong with the settings of the account, whether it is set up as a whole or not.
    List<BadSettingException> faults(Settings settings);

    /// What keeps refunds from being made while payments are taken, as far as the settings show it.
    default Optional<BadSettingException> refundFault(Settings settings) {
        return Optional.empty();
    }

    /// A connection that speaks for our account, by our signing keys; nothing when the account is not set up as a whole. To be closed.
    ///
    /// @throws BadSettingException when a setting cannot be right
    Optional<ProviderConnection> speaking(Settings settings);

    /// Verifies the provider's notifications, by its verifying keys alone, the one before the last change included for as long as it is
    /// believed; nothing when there is no such key.
    ///
    /// @throws BadSettingException when a setting of the file cannot be right
    Optional<NotificationVerifier> verifying(Settings settings);

    /// How the provider writes its notifications, as far as that is known without a key.
    NotificationFormat notifications();

    /// How the provider writes its daily bills; nothing for one that makes none.
    default Optional<BillFormat> bills() {
        return Optional.empty();
    }

    /// How it is shown.
    Presentation presentation();
}
