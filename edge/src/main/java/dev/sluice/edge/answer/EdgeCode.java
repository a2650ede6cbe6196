package dev.sluice.edge.answer;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/// The codes that the answers of every app may have. Their texts are in the message bundles beside them.
public enum EdgeCode implements AnswerCode {
    MALFORMED(HttpStatus.BAD_REQUEST),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED),
    FORBIDDEN(HttpStatus.FORBIDDEN),
    NOT_FOUND(HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    MEDIA_TYPE_UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_FROM_ADDRESS(HttpStatus.TOO_MANY_REQUESTS),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR);

    private static final AnswerTexts TEXTS = AnswerTexts.beside(EdgeCode.class);

    private final HttpStatus status;

    EdgeCode(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String text(Locale locale, Object... arguments) {
        return TEXTS.of(locale, name(), arguments);
    }
}
