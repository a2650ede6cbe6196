package dev.sluice.reconcile;

import java.util.List;

/// The desks of the providers whose accounts are set up.
record Desks(List<Desk> all) {}
