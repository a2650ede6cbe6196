package dev.sluice.notify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.notification.NotificationVerifier;
import dev.sluice.setting.LiveSettings;

/// The verifiers of the providers that are set up, each made again when a setting that it was made of changes.
///
/// A provider whose account is not set up has none, and nothing is believed of it. Switching it off (`WechatEnabled`) stops new orders only:
/// what was paid is still verified.
final class Verifiers {
    private final Map<Provider, Supplier<Optional<NotificationVerifier>>> byProvider = new LinkedHashMap<>();

    /// @throws dev.sluice.setting.BadSettingException when a setting of the file cannot be right
    Verifiers(PaymentChannels channels, LiveSettings live) {
        for (PaymentChannel channel : channels.all()) {
            byProvider.put(channel.provider(), live.derive(channel::verifying));
        }
    }

    /// The verifier of now.
    Optional<NotificationVerifier> find(Provider provider) {
        return Optional.ofNullable(byProvider.get(provider)).flatMap(Supplier::get);
    }
}
