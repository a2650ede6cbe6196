package dev.sluice.notify;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.provider.PaymentChannel;

/// A request to a notify URL, before a verdict.
///
/// @param id            a ULID
/// @param at            when its last byte had arrived
/// @param remoteAddress the literal of its sender's address
/// @param headers       names in lower case
/// @param body          at most one byte more than the limit, which shows that it was longer
// Never compared, and the body is plain bytes.
@SuppressWarnings("ArrayRecordComponent")
record ReceivedNotification(String id, PaymentChannel channel, Instant at, String path, String remoteAddress,
        Map<String, List<String>> headers, byte[] body) {
    /// The headers that help to find a sender, or a proxy that changes notifications.
    private static final Set<String> KEPT_HEADERS = Set.of("content-type", "content-length", "content-encoding", "transfer-encoding",
            "user-agent", "via");

    /// A signed one, whole.
    ///
    /// @param tradeNumber the order that it names; empty when it names none
    Notification signed(NotificationVerdict verdict, String reason, String tradeNumber) {
        return Notification.whole(id, channel.provider(), at, cut(path), remoteAddress, keptHeaders(), body, tradeNumber, verdict,
                cut(reason));
    }

    /// An excerpt of a forged one.
    Notification forged(String reason) {
        String claimed = channel.notifications().claimedTradeNumber(Arrays.copyOf(body, Math.min(body.length, Limits.BODY_BYTES)))
                .orElse("");
        return Notification.excerpt(id, channel.provider(), at, cut(path), remoteAddress, keptHeaders(), body, Limits.EXCERPT_BYTES,
                claimed,
                NotificationVerdict.FORGED, cut(reason));
    }

    /// What the record of an excerpt takes in the log, at most.
    static long bytes(Notification forged) {
        long base64 = 4L * (forged.body().length / 3 + 1);
        // A character may be escaped in JSON.
        long texts = 6L * (forged.path().length() + forged.reason().length() + forged.headers().entrySet().stream()
                .mapToLong(header -> header.getKey().length() + header.getValue().stream().mapToLong(String::length).sum()).sum());
        return base64 + texts + Limits.RECORD_BYTES;
    }

    /// With the headers that a signature can depend on.
    Evidence evidence() {
        Map<String, List<String>> kept = new TreeMap<>(headers);
        kept.keySet().removeIf(name -> channel.notifications().signedHeaders().stream().noneMatch(name::startsWith));
        return new Evidence(at, kept, body);
    }

    private Map<String, List<String>> keptHeaders() {
        Map<String, List<String>> kept = new TreeMap<>();
        headers.forEach((name, values) -> {
            if (KEPT_HEADERS.contains(name) && !values.isEmpty()) {
                kept.put(name, List.of(cut(values.getFirst())));
            }
        });
        return kept;
    }

    private static String cut(String text) {
        return text.length() <= Limits.KEPT_CHARACTERS ? text : text.substring(0, Limits.KEPT_CHARACTERS);
    }
}
