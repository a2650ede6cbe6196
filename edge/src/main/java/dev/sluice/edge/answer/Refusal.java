package dev.sluice.edge.answer;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.springframework.http.HttpStatus;

/// An expected refusal, for the caller to read.
///
/// @param retryAfter when a retry may succeed
public record Refusal(AnswerCode message, List<Object> arguments, Optional<Duration> retryAfter) {
    /// @throws IllegalArgumentException when the code asks for a retry and `retryAfter` is missing
    public Refusal {
        if (message.status() == HttpStatus.TOO_MANY_REQUESTS && retryAfter.isEmpty()) {
            throw new IllegalArgumentException(message + " needs a retry time");
        }
    }

    public static Refusal of(AnswerCode message, Object... arguments) {
        return new Refusal(message, List.of(arguments), Optional.empty());
    }

    /// For people, in their language.
    public String text(Locale locale) {
        return message.text(locale, arguments.toArray());
    }

    /// For a controller to throw: it becomes the answer.
    public RefusedException exception() {
        return new RefusedException(this);
    }

    /// A part that is needed is away.
    public static Refusal outage() {
        return soon(EdgeCode.UNAVAILABLE);
    }

    /// A retry may succeed after a few seconds.
    public static Refusal soon(AnswerCode message) {
        return later(message, Limits.RETRY_AFTER_OUTAGE);
    }

    public static Refusal later(AnswerCode message, Duration retryAfter, Object... arguments) {
        return new Refusal(message, List.of(arguments), Optional.of(retryAfter));
    }
}
