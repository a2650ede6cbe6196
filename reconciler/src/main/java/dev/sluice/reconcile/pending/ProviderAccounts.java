package dev.sluice.reconcile.pending;

import java.util.List;

/// The desks of the providers whose accounts are set up.
public record ProviderAccounts(List<ProviderAccount> all) implements AutoCloseable {
    @Override
    public void close() {
        all.forEach(desk -> {
            desk.query().close();
            desk.closing().close();
        });
    }
}
