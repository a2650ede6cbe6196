package dev.sluice.order.answer;

import java.time.Duration;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// The answer of the routes of the first plan: `{"message":"success","data":...}`, or `{"message":"error","data":"text","code":"..."}`.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Envelope(String message, Object data, @Nullable String code) {
    public static ResponseEntity<Object> success(Object data) {
        return ResponseEntity.ok(new Envelope("success", data, null));
    }

    public static ResponseEntity<Object> refusal(Refusal refusal, Locale locale) {
        AnswerCode message = refusal.message();
        var answer = ResponseEntity.status(message.status()).contentType(MediaType.APPLICATION_JSON);
        refusal.retryAfter().ifPresent(after -> answer.header(HttpHeaders.RETRY_AFTER, Long.toString(secondsUp(after))));
        return answer.body(error(message, locale, refusal.arguments().toArray()));
    }

    static Envelope error(AnswerCode message, Locale locale, Object... arguments) {
        return new Envelope("error", message.text(locale, arguments), message.name());
    }

    private static long secondsUp(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }

    /// The answer of the routes that show something: `{"success":true,"message":"","data":...}`.
    public record Shown(boolean success, String message, Object data) {
        public static ResponseEntity<Object> of(Object data) {
            return ResponseEntity.ok(new Shown(true, "", data));
        }
    }
}
