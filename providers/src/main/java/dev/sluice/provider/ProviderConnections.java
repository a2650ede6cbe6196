package dev.sluice.provider;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Settings;

/// The connections to the providers whose accounts are configured, each opened again when a setting of its account changes, and no other.
/// The old one is closed; calls in flight end. Switching a provider off stops new orders only: it stays connected.
public final class ProviderConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderConnections.class);

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
            // Metered outside: a call that is refused because too many wait is counted, too.
            var replaceable = new ReplaceableConnection();
            all.put(channel.provider(), live.derive(settings -> replaceable.replaceBy(settings.part(() -> speaking(channel, settings))
                    .map(open -> new MeteredConnection(new BulkheadConnection(open, mostCalls), channel.provider(), meters, clock)))));
        }
        return new ProviderConnections(all);
    }

    /// An account that cannot be opened is not set up. A stand-in must not speak for another account, as the settings file has it.
    private static Optional<ProviderConnection> speaking(PaymentChannel channel, Settings settings) {
        try {
            return channel.speaking(settings);
        } catch (BadSettingException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("provider", channel.provider()).addKeyValue("why", e.getClass().getSimpleName())
                    .log("the account of a provider cannot be opened, it is left out");
            return Optional.empty();
        }
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
