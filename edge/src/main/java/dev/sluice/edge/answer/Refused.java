package dev.sluice.edge.answer;

import java.time.Duration;
import java.util.Locale;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// The answer of every route to what it refuses.
///
/// @param message `error`
/// @param data    the reason, in the caller's language
/// @param code    stable
public record Refused(String message, String data, AnswerCode code) {
    static Refused of(AnswerCode code, Locale locale, Object... arguments) {
        return new Refused("error", code.text(locale, arguments), code);
    }

    static ResponseEntity<Refused> answer(Refusal refusal, Locale locale) {
        AnswerCode code = refusal.message();
        var answer = ResponseEntity.status(code.status()).contentType(MediaType.APPLICATION_JSON);
        refusal.retryAfter().ifPresent(after -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(secondsUp(after))));
        return answer.body(of(code, locale, refusal.arguments().toArray()));
    }

    private static long secondsUp(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
