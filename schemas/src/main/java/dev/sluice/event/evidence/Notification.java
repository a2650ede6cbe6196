package dev.sluice.event.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
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
/// @param body          the bytes as received; of a forged one an excerpt from the beginning
/// @param length        of the whole body, as far as it was read
/// @param sha256        of the same, in hex
/// @param tradeNumber   the order that it names, in a forged one without any proof; empty when it names none
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
        long length,
        String sha256,
        String tradeNumber,
        NotificationVerdict verdict,
        String reason) {
    /// One that is kept whole.
    public static Notification whole(String id, Provider provider, Instant receivedAt, String path, String remoteAddress,
            Map<String, List<String>> headers, byte[] body, String tradeNumber, NotificationVerdict verdict, String reason) {
        return excerpt(id, provider, receivedAt, path, remoteAddress, headers, body, body.length, tradeNumber, verdict, reason);
    }

    /// One of which not more than so many bytes of the body are kept.
    public static Notification excerpt(String id, Provider provider, Instant receivedAt, String path, String remoteAddress,
            Map<String, List<String>> headers, byte[] body, int mostBytes, String tradeNumber, NotificationVerdict verdict,
            String reason) {
        return new Notification(id, provider, receivedAt, path, remoteAddress, headers,
                Arrays.copyOf(body, Math.min(body.length, mostBytes)), body.length, sha256(body), tradeNumber, verdict, reason);
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
