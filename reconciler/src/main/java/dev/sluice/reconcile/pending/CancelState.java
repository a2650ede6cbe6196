package dev.sluice.reconcile.pending;

/// Whether an operator wants an order to end before its time. The names stand in the rows.
enum CancelState {
    NONE,
    /// It is wanted; the order ends when its provider says that there is no money.
    WANTED,
    /// The log says that it ended. Its code may live on until the provider closes it.
    TOLD
}
