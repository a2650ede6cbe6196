package dev.sluice.provider.notification;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A notification as it was received.
///
/// @param headers    by name in small letters
/// @param body       the bytes that are signed
/// @param receivedAt our time
// Notifications are not compared, and the body is nothing but bytes.
@SuppressWarnings("ArrayRecordComponent")
public record RawNotification(Map<String, List<String>> headers, byte[] body, Instant receivedAt) {}
