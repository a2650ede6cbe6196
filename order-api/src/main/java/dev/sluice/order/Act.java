package dev.sluice.order;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

import dev.sluice.event.UserId;

/// What an operator does about an order, and why.
///
/// @param reason in the operator's words
/// @param key    the caller's `Idempotency-Key`, or one made for this request
record Act(String orderId, UserId actor, String reason, String key) {
    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';

    /// The body of an act that needs nothing but a reason.
    record Why(String reason) {}

    static Act of(String orderId, Why why, @Nullable String key, Jwt token) {
        return new Act(orderId, Caller.of(token).userId(), kept(why.reason()), key == null ? UUID.randomUUID().toString() : key);
    }

    Optional<Refusal> refusal() {
        return refusal(reason, key);
    }

    /// Whether somebody said why, and under a key that can be one.
    static Optional<Refusal> refusal(String reason, @Nullable String key) {
        if (reason.isBlank() || reason.length() > Limits.REASON_LENGTH) {
            return Optional.of(Refusal.of(Message.MALFORMED, "reason 1.." + Limits.REASON_LENGTH));
        }
        if (key != null && (key.isBlank() || key.length() > Limits.IDEMPOTENCY_KEY_LENGTH)) {
            return Optional.of(Refusal.of(Message.MALFORMED, "Idempotency-Key 1.." + Limits.IDEMPOTENCY_KEY_LENGTH));
        }
        return Optional.empty();
    }

    /// As PostgreSQL can keep it.
    static String kept(String reason) {
        return reason.replace(NUL, REPLACEMENT);
    }
}
