package dev.sluice.event;

/// Why an order ended without money.
public enum CloseReason {
    /// The provider refused to make a code for it.
    PROVIDER_REFUSED
}
