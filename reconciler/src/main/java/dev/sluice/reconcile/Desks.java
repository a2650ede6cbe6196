package dev.sluice.reconcile;

import java.util.List;

/// The desks of the providers whose accounts are set up.
record Desks(List<Desk> all) implements AutoCloseable {
    @Override
    public void close() {
        all.forEach(desk -> {
            desk.query().close();
            desk.closing().close();
        });
    }
}
