package dev.sluice.provider;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The open connection of one account. The one that is replaced is closed.
final class ReplaceableConnection {
    private final AtomicReference<Optional<ProviderConnection>> open = new AtomicReference<>(Optional.empty());

    /// Returns the new one.
    Optional<ProviderConnection> replaceBy(Optional<ProviderConnection> next) {
        open.getAndSet(next).ifPresent(ProviderConnection::close);
        return next;
    }
}
