package dev.sluice.reconcile.pending;

/// Whether an operator has cancelled an order. The rows contain the names.
enum CancelState {
    NONE,
    /// Requested; the order ends when its provider reports no money.
    WANTED,
    /// Ended, by the log. Its code may stay valid until the provider closes it.
    ENDED
}
