package dev.sluice.event.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a confirmation rests on: the provider's words as received, kept in `sluice.notifications`.
///
/// @param noticeId   [Notification#id()] of the notice, or [ProviderAnswer#id()] of the answer
/// @param bodySha256 SHA-256 of its body, in lower-case hex
public record Evidence(String noticeId, String bodySha256) {
    /// Evidence that is kept under `id`.
    public static Evidence of(String id, byte[] body) {
        try {
            return new Evidence(id, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
