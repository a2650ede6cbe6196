package dev.sluice.notify;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.NotificationProbe;
import dev.sluice.provider.NotificationReply;

/// What our own probes through the public address are told by; without it there are none.
///
/// @param bytes 32 of them; never printed
record ProbeKey(Optional<byte[]> bytes) {
    /// The answer to a probe by this key that came unaltered; nothing for anything else.
    Optional<NotificationReply> answer(Provider provider, byte[] body) {
        return bytes.flatMap(key -> NotificationProbe.answer(key, provider, body))
                .map(answer -> new NotificationReply("text/plain", new String(answer, StandardCharsets.US_ASCII)));
    }

    @Override
    public String toString() {
        return "ProbeKey[]";
    }
}
