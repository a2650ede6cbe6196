package dev.sluice.order.act;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

import dev.sluice.event.value.UserId;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.Caller;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.Refusal;

/// What an operator does about an order, and why.
///
/// @param reason in the operator's words
/// @param key    the caller's `Idempotency-Key`, or one made for this request
public record OperatorAction(String orderId, UserId actor, String reason, String key) {
    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';

    /// The body of an act that needs nothing but a reason.
    public record Why(String reason) {}

    public static OperatorAction of(String orderId, Why why, @Nullable String key, Jwt token) {
        return new OperatorAction(orderId, Caller.of(token).userId(), kept(why.reason()), key == null ? UUID.randomUUID().toString() : key);
    }

    public Optional<Refusal> refusal() {
        return refusal(reason, key);
    }

    /// Whether somebody said why, and under a key that can be one.
    public static Optional<Refusal> refusal(String reason, @Nullable String key) {
        if (reason.isBlank() || reason.length() > Limits.REASON_LENGTH) {
            return Optional.of(Refusal.of(AnswerCode.MALFORMED, "reason 1.." + Limits.REASON_LENGTH));
        }
        if (key != null && (key.isBlank() || key.length() > InputLimits.IDEMPOTENCY_KEY_LENGTH)) {
            return Optional.of(Refusal.of(AnswerCode.MALFORMED, "Idempotency-Key 1.." + InputLimits.IDEMPOTENCY_KEY_LENGTH));
        }
        return Optional.empty();
    }

    /// As PostgreSQL can keep it.
    public static String kept(String reason) {
        return reason.replace(NUL, REPLACEMENT);
    }
}
