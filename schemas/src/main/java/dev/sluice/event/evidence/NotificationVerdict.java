package dev.sluice.event.evidence;

/// The verdict about a notification that confirms no payment. A notification that does is the evidence of its fact.
public enum NotificationVerdict {
    /// The provider's, about something that is not a payment.
    NOT_A_PAYMENT,
    /// Not the provider's, or not about our account.
    FORGED,
    /// The provider's, about our account, and not understood. It may be about money: an operator has to look at it.
    UNCLEAR
}
