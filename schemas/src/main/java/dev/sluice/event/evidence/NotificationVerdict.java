package dev.sluice.event.evidence;

/// What was made of a notice.
public enum NotificationVerdict {
    /// The provider's word that money arrived.
    PAID,
    /// The provider's word about something that is not a payment.
    NOT_A_PAYMENT,
    /// Not the provider's word, or not about us.
    FORGED,
    /// The provider's word about our account, which we cannot make sense of. It may be about money: somebody has to look.
    UNCLEAR
}
