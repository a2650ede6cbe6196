package dev.sluice.event;

/// How a payment became known to us: the provider told us.
public enum ConfirmationSource {
    NOTIFICATION
}
