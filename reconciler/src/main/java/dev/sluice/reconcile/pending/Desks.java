package dev.sluice.reconcile.pending;

import java.util.List;

/// The desks of the providers whose accounts are set up.
public record Desks(List<Desk> all) implements AutoCloseable {
    @Override
    public void close() {
        all.forEach(desk -> {
            desk.query().close();
            desk.closing().close();
        });
    }
}
