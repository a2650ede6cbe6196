package dev.sluice.event.value;

/// The source of a confirmation.
public enum ConfirmationSource {
    /// The provider sent a notification.
    NOTIFICATION,
    /// The provider answered a query.
    QUERY,
    /// The provider's bill of a day has it.
    BILL
}
