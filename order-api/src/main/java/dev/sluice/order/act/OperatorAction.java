package dev.sluice.order.act;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.value.UserId;
import dev.sluice.order.answer.InputLimits;

/// An operator's action on an order, and its reason.
///
/// @param reason the operator's reason
/// @param key    the caller's `Idempotency-Key`, or one created for this request
public record OperatorAction(String orderId, UserId actor, String reason, String key) {
    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';

    /// The body of an action that needs only a reason.
    public record Why(String reason) {}

    public static OperatorAction of(String orderId, Why why, @Nullable String key, Caller caller) {
        return new OperatorAction(orderId, new UserId(caller.user()), kept(why.reason()), key == null ? UUID.randomUUID().toString() : key);
    }

    /// The same action for another reason.
    public OperatorAction because(String other) {
        return new OperatorAction(orderId, actor, other, key);
    }

    public Optional<Refusal> refusal() {
        return refusal(reason, key);
    }

    /// The refusal of a missing or too long reason, or of a malformed key.
    public static Optional<Refusal> refusal(String reason, @Nullable String key) {
        if (reason.isBlank() || reason.length() > Limits.REASON_LENGTH) {
            return Optional.of(Refusal.of(EdgeCode.MALFORMED, "reason 1.." + Limits.REASON_LENGTH));
        }
        if (key != null && (key.isBlank() || key.length() > InputLimits.IDEMPOTENCY_KEY_LENGTH)) {
            return Optional.of(Refusal.of(EdgeCode.MALFORMED, "Idempotency-Key 1.." + InputLimits.IDEMPOTENCY_KEY_LENGTH));
        }
        return Optional.empty();
    }

    /// The reason as PostgreSQL can store it.
    public static String kept(String reason) {
        return reason.replace(NUL, REPLACEMENT);
    }
}
