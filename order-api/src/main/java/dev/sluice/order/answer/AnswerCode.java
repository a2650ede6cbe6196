package dev.sluice.order.answer;

import java.util.Locale;

import org.springframework.http.HttpStatus;

import dev.sluice.text.Texts;

/// Every answer to a caller that is not the result: a stable code and an HTTP status. Its text is in the message bundles beside it.
///
/// Business refusals are HTTP 200, because the front ends that this API was built for expect it.
public enum AnswerCode {
    AMOUNT_BELOW_MINIMUM(HttpStatus.OK),
    AMOUNT_TOO_LARGE(HttpStatus.OK),
    PRICE_TOO_LOW(HttpStatus.OK),
    METHOD_UNKNOWN(HttpStatus.OK),
    METHOD_NOT_OFFERED(HttpStatus.OK),
    PROVIDER_REFUSED(HttpStatus.OK),
    ORDER_ENDED(HttpStatus.OK),
    CHECK_NOT_NEEDED(HttpStatus.OK),
    ACCOUNT_NOT_SET_UP(HttpStatus.OK),
    CANCEL_NOT_POSSIBLE(HttpStatus.OK),
    HOLD_AMBIGUOUS(HttpStatus.OK),
    CREDIT_NEEDS_USER_AND_QUOTA(HttpStatus.OK),
    QUOTA_ABOVE_PAYMENT(HttpStatus.OK),
    MALFORMED(HttpStatus.BAD_REQUEST),
    TOKEN_TOO_LONG(HttpStatus.BAD_REQUEST),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED),
    FORBIDDEN(HttpStatus.FORBIDDEN),
    ORIGIN_NOT_ALLOWED(HttpStatus.FORBIDDEN),
    NOT_FOUND(HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    IDEMPOTENCY_CONFLICT(HttpStatus.CONFLICT),
    HOLD_RESOLVED(HttpStatus.CONFLICT),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    MEDIA_TYPE_UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_FROM_ADDRESS(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_ORDERS(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_UNPAID(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MUCH_TODAY(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_CHECKS(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS),
    PROVIDER_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE),
    ORDERS_PAUSED(HttpStatus.SERVICE_UNAVAILABLE),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR);

    private static final Texts TEXTS = Texts.beside(AnswerCode.class);

    private final HttpStatus status;

    AnswerCode(HttpStatus status) {
        this.status = status;
    }

    public HttpStatus status() {
        return status;
    }

    /// Chinese unless the caller would rather have English.
    public String text(Locale locale, Object... arguments) {
        return TEXTS.of(locale, name(), arguments);
    }
}
