package dev.sluice.provider.notification;

import dev.sluice.provider.wire.MalformedMessageException;

/// Verifies notifications of one account by one key. Reading needs no key, so that a message is read once also while two keys count.
///
/// @param <M> a notification's content
public interface MessageVerifier<M> extends NotificationVerifier {
    /// Reads a message.
    ///
    /// @throws MalformedMessageException when it cannot be a notification about our account
    M read(byte[] body) throws MalformedMessageException;

    /// Verifies it.
    ///
    /// @param message      as it was read
    /// @param notification as it was received
    Verdict verify(M message, RawNotification notification);

    @Override
    default Verdict verify(RawNotification notification) {
        try {
            return verify(read(notification.body()), notification);
        } catch (MalformedMessageException e) {
            return new Verdict.Forged(String.valueOf(e.getMessage()));
        }
    }
}
