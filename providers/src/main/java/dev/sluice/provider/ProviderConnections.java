package dev.sluice.provider;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.setting.LiveSettings;

/// The connections to the providers whose accounts are configured, each opened again when a setting of its account changes, and no other.
/// A caller that holds the old one may go on using it. Switching a provider off stops new orders only: it stays connected.
public final class ProviderConnections implements AutoCloseable {
    private final Map<Provider, Supplier<Optional<ProviderConnection>>> byProvider;

    /// @param byProvider the connections of now, each time they are asked for
    public ProviderConnections(Map<Provider, Supplier<Optional<ProviderConnection>>> byProvider) {
        this.byProvider = byProvider;
    }

    /// Metered, and bounded so that one provider that hangs does not hold up the others.
    ///
    /// @param mostCalls of each connection that may wait at once
    public static ProviderConnections following(PaymentChannels channels, LiveSettings live, int mostCalls, MeterRegistry meters,
            Clock clock) {
        Map<Provider, Supplier<Optional<ProviderConnection>>> all = new LinkedHashMap<>();
        for (PaymentChannel channel : channels.all()) {
            all.put(channel.provider(), live.derive(settings -> settings.part(() -> channel.speaking(settings))
                    .map(open -> new BulkheadConnection(new MeteredConnection(open, channel.provider(), meters, clock), mostCalls))));
        }
        return new ProviderConnections(all);
    }

    /// The connection of now; nothing while the provider's account is not set up.
    public Optional<ProviderConnection> find(Provider provider) {
        return Optional.ofNullable(byProvider.get(provider)).flatMap(Supplier::get);
    }

    /// Those of now.
    public Map<Provider, ProviderConnection> all() {
        Map<Provider, ProviderConnection> connected = new LinkedHashMap<>();
        byProvider.forEach((provider, connection) -> connection.get().ifPresent(each -> connected.put(provider, each)));
        return connected;
    }

    /// Whether the account is one that we are connected for.
    public boolean has(Provider provider, Merchant merchant) {
        return find(provider).map(ProviderConnection::merchant).filter(merchant::equals).isPresent();
    }

    @Override
    public void close() {
        all().values().forEach(ProviderConnection::close);
    }
}
