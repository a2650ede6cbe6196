package dev.sluice.event.value;

/// Which time stands for the time of a payment. Some messages about a payment do not name its own.
public enum PaidAtBasis {
    /// The provider's time of the payment.
    PAYMENT,
    /// The time at which the provider sent its notification.
    NOTIFICATION,
    /// The time at which we received the message.
    RECEIPT
}
