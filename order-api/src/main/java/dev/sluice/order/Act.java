package dev.sluice.order;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// What an operator wants done, and why.
///
/// @param reason in the operator's words
record Act(String reason) {
    private static final char NUL = '\0';
    private static final char REPLACEMENT = '\uFFFD';

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
