package dev.sluice.event;

/// How a payment became known to us.
public enum ConfirmationSource {
    /// The provider told us.
    NOTIFICATION,
    /// We asked the provider.
    QUERY
}
