package dev.sluice.event.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The provider's message that a confirmation rests on, as received. It stays in the log as long as the fact.
///
/// @param receivedAt when its last byte had arrived
/// @param headers    the HTTP headers that matter for its signature, names in lower case; empty for an answer
/// @param body       the bytes as received
// Evidence is never compared, and the body is plain bytes.
@SuppressWarnings("ArrayRecordComponent")
public record Evidence(Instant receivedAt, Map<String, List<String>> headers, byte[] body) {
    /// Evidence from the answer to a query.
    public static Evidence ofAnswer(Instant receivedAt, byte[] body) {
        return new Evidence(receivedAt, Map.of(), body);
    }
}
