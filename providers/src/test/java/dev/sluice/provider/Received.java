package dev.sluice.provider;

import java.time.Instant;
import java.util.Map;

import dev.sluice.provider.notification.RawNotification;

/// Notifications as if they came in now, without headers.
public final class Received {
    private Received() {}

    public static RawNotification of(byte[] body) {
        return new RawNotification(Map.of(), body, Instant.EPOCH);
    }
}
