package dev.sluice.event;

/// Why an order ended without money.
public enum CloseReason {
    /// The provider refused to make a code for it.
    PROVIDER_REFUSED,
    /// Its time was over, and the provider takes no money for it any more.
    EXPIRED,
    /// An operator wanted it, and the provider knew of no money. Its code may live on until the provider can close it.
    CANCELLED
}
