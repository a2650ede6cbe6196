package dev.sluice.order.pricing;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.ProviderConnections;
import dev.sluice.provider.notification.NotifyUrl;
import dev.sluice.setting.SalesSettings;
import dev.sluice.setting.Settings;

/// The ways to pay that are offered: switched on, with an account that is set up, and with an address to be notified at.
public final class PaymentMethods {
    private final List<PaymentChannel> switchedOn;
    private final ProviderConnections connections;
    private final Optional<URI> serverAddress;

    private PaymentMethods(List<PaymentChannel> switchedOn, ProviderConnections connections, Optional<URI> serverAddress) {
        this.switchedOn = switchedOn;
        this.connections = connections;
        this.serverAddress = serverAddress;
    }

    static PaymentMethods from(Settings settings, PaymentChannels channels, ProviderConnections connections) {
        Optional<URI> address = settings.text(SalesSettings.SERVER_ADDRESS).map(URI::create);
        List<PaymentChannel> switchedOn = channels.all().stream()
                .filter(channel -> settings.flag(channel.settings().offered()) && address.isPresent()).toList();
        return new PaymentMethods(switchedOn, connections, address);
    }

    /// Where an order for the provider is placed; nothing when it is not offered.
    public Optional<ProviderConnection> offered(Provider provider) {
        boolean on = switchedOn.stream().anyMatch(channel -> channel.provider().equals(provider));
        return on ? connections.find(provider) : Optional.empty();
    }

    /// All that are offered, in the order in which payers see them.
    public List<PaymentChannel> all() {
        return switchedOn.stream().filter(channel -> offered(channel.provider()).isPresent()).toList();
    }

    /// All with an account, in the order in which payers see them, also those that are switched off.
    public List<PaymentChannel> setUp(PaymentChannels channels) {
        return channels.all().stream().filter(channel -> connections.find(channel.provider()).isPresent()).toList();
    }

    /// Where the provider notifies us; only asked for when it is offered.
    public URI notifyUrl(Provider provider) {
        return new NotifyUrl(serverAddress.orElseThrow(), provider).uri();
    }
}
