package dev.sluice.notify;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.notification.NotificationProbe;
import dev.sluice.provider.notification.NotificationReply;

/// The key by which our own probes through the public address are recognised; without it they are not answered.
///
/// @param bytes 32 of them; never printed
record ProbeKey(Optional<byte[]> bytes) {
    /// The answer to a probe by this key that came unaltered; nothing for anything else.
    Optional<NotificationReply> answer(PaymentChannel channel, byte[] body) {
        return bytes.flatMap(key -> NotificationProbe.answer(key, channel.provider(), channel.notifications(), body))
                .map(answer -> new NotificationReply(200, "text/plain", new String(answer, StandardCharsets.US_ASCII)));
    }

    @Override
    public String toString() {
        return "ProbeKey[]";
    }
}
