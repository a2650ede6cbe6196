package dev.sluice.edge.answer;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/// An answer to a caller that is not the result: a stable code and an HTTP status. [EdgeCode] has those of every app; each app has an enum
/// with its own.
public interface AnswerCode {
    /// The stable name.
    String name();

    HttpStatus status();

    /// Chinese unless the caller would rather have English.
    String text(Locale locale, Object... arguments);
}
