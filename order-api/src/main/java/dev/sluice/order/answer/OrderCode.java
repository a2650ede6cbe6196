package dev.sluice.order.answer;

import java.util.Locale;

import org.springframework.http.HttpStatus;

import dev.sluice.edge.answer.AnswerCode;
import dev.sluice.text.Texts;

/// The order API's own answers that are not the result. Their texts are in the message bundles beside them.
///
/// Business refusals are HTTP 200, because the front ends that this API was built for expect it.
public enum OrderCode implements AnswerCode {
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
    NOTHING_TO_REFUND(HttpStatus.OK),
    PAYMENT_AMBIGUOUS(HttpStatus.OK),
    REFUND_CURRENCY(HttpStatus.OK),
    REFUND_ABOVE_LEFT(HttpStatus.OK),
    SECOND_OPERATOR_NEEDED(HttpStatus.FORBIDDEN),
    REFUND_DECIDED(HttpStatus.CONFLICT),
    TOKEN_TOO_LONG(HttpStatus.BAD_REQUEST),
    ORIGIN_NOT_ALLOWED(HttpStatus.FORBIDDEN),
    IDEMPOTENCY_CONFLICT(HttpStatus.CONFLICT),
    HOLD_RESOLVED(HttpStatus.CONFLICT),
    TOO_MANY_ORDERS(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_UNPAID(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MUCH_TODAY(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_CHECKS(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS),
    PROVIDER_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE),
    ORDERS_PAUSED(HttpStatus.SERVICE_UNAVAILABLE);

    private static final Texts TEXTS = Texts.beside(OrderCode.class);

    private final HttpStatus status;

    OrderCode(HttpStatus status) {
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
