package dev.sluice.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

import dev.sluice.event.value.Provider;
import dev.sluice.setting.SettingsOwner;

/// The directory of the payment providers, filled at start.
public final class PaymentChannels {
    private final Map<Provider, PaymentChannel> byProvider = new LinkedHashMap<>();

    /// @throws IllegalStateException when two have one code
    public PaymentChannels(List<PaymentChannel> channels) {
        channels.forEach(channel -> {
            if (byProvider.put(channel.provider(), channel) != null) {
                throw new IllegalStateException("two payment channels have the code " + channel.provider());
            }
        });
    }

    /// Those on the class path.
    ///
    /// @throws IllegalStateException when two have one code
    public static PaymentChannels installed() {
        return new PaymentChannels(ServiceLoader.load(SettingsOwner.class, PaymentChannels.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get).filter(PaymentChannel.class::isInstance).map(PaymentChannel.class::cast).toList());
    }

    /// All of them, in the order in which payers see them.
    public List<PaymentChannel> all() {
        return List.copyOf(byProvider.values());
    }

    public Optional<PaymentChannel> find(Provider provider) {
        return Optional.ofNullable(byProvider.get(provider));
    }

    /// The one that a front end or a route names by its code.
    public Optional<PaymentChannel> find(String code) {
        return Provider.isLegal(code) ? find(new Provider(code)) : Optional.empty();
    }
}
