package dev.sluice.reconcile.pending;

import java.time.Instant;
import java.util.Optional;

import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;

/// An order that money may still come for.
///
/// @param failures   answers in a row that told nothing
/// @param cancelling whether an operator wants it to end before its time
/// @param watched    while a page is open on it
record PendingOrder(
        TradeNumber tradeNumber,
        Provider provider,
        Instant createdAt,
        Instant expiresAt,
        int failures,
        CancelState cancelling,
        Optional<Watched> watched) {
    /// A page is open.
    ///
    /// @param until how long that may be believed
    record Watched(Instant since, Instant until) {}
}
