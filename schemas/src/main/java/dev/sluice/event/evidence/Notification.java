package dev.sluice.event.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.sluice.event.value.Provider;

/// Something that was sent to a notify URL, exactly as received, with what we made of it. Forged ones are kept, too.
///
/// @param id            a ULID, given on receipt
/// @param provider      whose notify URL was used
/// @param receivedAt    when the last byte was there
/// @param path          the path that was called
/// @param remoteAddress who called, as far as the socket knows
/// @param headers       the HTTP headers, names in lower case; those that carry credentials are left out
/// @param body          the bytes as received, at most the gateway's limit of them
/// @param verdict       what we made of it
/// @param reason        why, in a few words for operators
// Nobody compares notices, and the body is nothing but bytes.
@SuppressWarnings("ArrayRecordComponent")
public record Notification(
        String id,
        Provider provider,
        Instant receivedAt,
        String path,
        String remoteAddress,
        Map<String, List<String>> headers,
        byte[] body,
        NotificationVerdict verdict,
        String reason) {}
