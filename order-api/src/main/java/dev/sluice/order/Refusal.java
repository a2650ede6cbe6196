package dev.sluice.order;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An expected "no", for the caller to read.
///
/// @param retryAfter when it may be "yes"
record Refusal(Message message, List<Object> arguments, Optional<Duration> retryAfter) {
    static Refusal of(Message message, Object... arguments) {
        return new Refusal(message, List.of(arguments), Optional.empty());
    }

    static Refusal later(Message message, Duration retryAfter) {
        return new Refusal(message, List.of(), Optional.of(retryAfter));
    }
}
