package dev.sluice.event;

/// Why an order ended without money.
public enum CloseReason {
    /// The provider refused to create a code for it.
    PROVIDER_REFUSED,
    /// It expired, and the provider takes no money for it any more.
    EXPIRED,
    /// An operator cancelled it, and the provider reported no money. Its code may stay valid until the provider closes it: then
    /// [#PROVIDER_CLOSED] follows.
    CANCELLED,
    /// It was cancelled before, and now the provider takes no money for it any more.
    PROVIDER_CLOSED,
    /// Its payment was found only after all of it had been refunded at the provider. Nothing was credited.
    REFUNDED
}
