package dev.sluice.reconcile.bill;

import dev.sluice.event.value.UserId;

/// Where a bill came from.
public sealed interface BillOrigin {
    /// From the provider.
    record Download() implements BillOrigin {}

    /// From an operator's hand.
    record Upload(UserId actor) implements BillOrigin {}
}
