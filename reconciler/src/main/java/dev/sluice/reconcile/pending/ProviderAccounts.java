package dev.sluice.reconcile.pending;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.ProviderConnections;

/// The accounts of the providers that are set up.
public record ProviderAccounts(List<ProviderAccount> all) {
    /// Those of now: an account stays the same one for as long as its connection does.
    public static Supplier<ProviderAccounts> of(ProviderConnections connections) {
        Map<Provider, ProviderAccount> known = new ConcurrentHashMap<>();
        return () -> new ProviderAccounts(connections.all().entrySet().stream()
                .map(entry -> known.compute(entry.getKey(), (provider, before) -> account(provider, entry.getValue(), before))).toList());
    }

    // The same connection, not an equal one: a connection is closed as a whole.
    @SuppressWarnings("ReferenceEquality")
    private static ProviderAccount account(Provider provider, ProviderConnection connection, @Nullable ProviderAccount before) {
        return before != null && before.connection() == connection ? before : new ProviderAccount(provider, connection);
    }
}
