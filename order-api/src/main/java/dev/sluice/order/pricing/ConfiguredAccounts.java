package dev.sluice.order.pricing;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.provider.ProviderConnections;

/// The accounts that are set up: what was placed with them can be queried and closed, also while they take no new orders.
public record ConfiguredAccounts(ProviderConnections connections) {
    public boolean has(Provider provider, Merchant merchant) {
        return connections.has(provider, merchant);
    }
}
