package dev.sluice.provider.notification;

import java.util.Optional;
import java.util.Set;

/// How a provider writes its notifications, as far as that is known without a key.
public interface NotificationFormat {
    /// The trade number that a body claims to be about, forged or not. Only for showing it in the right place.
    Optional<String> claimedTradeNumber(byte[] body);

    /// The number of the refund that a notification is about. A provider that lists the refunds of an order needs no more than any text for
    /// it.
    ///
    /// @param verified the body of a notification that was verified
    default Optional<String> refund(byte[] verified) {
        return Optional.empty();
    }

    /// The reply to what cannot be verified or recorded: the provider is to repeat it.
    NotificationReply failure();

    /// The headers that a signature can depend on, by the beginnings of their names in lower case: they are kept as evidence.
    Set<String> signedHeaders();

    /// The content type of its notifications.
    String contentType();

    /// A notification about no money, up to its nonce: shaped as the provider's own, with everything in it that proxies are known to
    /// alter.
    String probeUpToNonce();

    /// The rest of it.
    String probeAfterNonce(String sign);
}
