package dev.sluice.event.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.sluice.event.value.Provider;

/// A request to a notify URL that confirms no payment, as received, with its verdict.
///
/// @param id            a ULID, given on receipt
/// @param provider      whose notify URL was used
/// @param receivedAt    when its last byte had arrived
/// @param path          the path that was called
/// @param remoteAddress the caller's address
/// @param headers       the HTTP headers, names in lower case, without those that carry credentials
/// @param body          the bytes as received, at most the gateway's limit of them
/// @param verdict       what the gateway decided about it
/// @param reason        why, in short, for operators
// Never compared, and the body is plain bytes.
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
