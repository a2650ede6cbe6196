package dev.sluice.provider.notification;

/// Verifies the provider's notifications, reads their content, and knows the reply that the provider expects.
public interface NotificationVerifier {
    /// Looks at a notification as received. Never throws because of its content.
    Verdict verify(RawNotification notification);

    /// It is recorded: the provider need not repeat it.
    NotificationReply success();

    /// It is not recorded, or not believed: the provider is to repeat it.
    NotificationReply failure();
}
