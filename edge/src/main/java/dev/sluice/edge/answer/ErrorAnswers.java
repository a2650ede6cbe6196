package dev.sluice.edge.answer;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// Turns every failure into an answer in the caller's terms: the envelope, a stable code, no stack trace.
@RestControllerAdvice
public class ErrorAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    private static final AnswerTexts TEXTS = AnswerTexts.beside(ErrorAnswers.class);

    private final JsonMapper mapper;
    private final Outages outages;

    public ErrorAnswers(JsonMapper mapper, Outages outages) {
        this.mapper = mapper;
        this.outages = outages;
    }

    @ExceptionHandler
    ResponseEntity<Refused> onRefusal(RefusedException e, Locale locale) {
        return Refused.answer(e.refusal(), locale);
    }

    /// PostgreSQL is away. Nothing was promised; the caller may ask again.
    @ExceptionHandler({DataAccessResourceFailureException.class, TransientDataAccessException.class,
            CannotCreateTransactionException.class})
    ResponseEntity<Refused> onOutage(Exception e, Locale locale) {
        LOG.atError().addKeyValue("why", e.getMessage()).log("service unavailable");
        return Refused.answer(Refusal.outage(), locale);
    }

    @ExceptionHandler
    ResponseEntity<Refused> onStatus(ResponseStatusException e, Locale locale) {
        return switch (e.getStatusCode().value()) {
            case 400 ->
                Refused.answer(Refusal.of(tooLarge(e) ? EdgeCode.BODY_TOO_LARGE : EdgeCode.MALFORMED, detail(e, locale)), locale);
            case 404 -> Refused.answer(Refusal.of(EdgeCode.NOT_FOUND), locale);
            case 405 -> ResponseEntity.status(405).headers(e.getHeaders()).contentType(MediaType.APPLICATION_JSON)
                    .body(Refused.of(EdgeCode.METHOD_NOT_ALLOWED, locale));
            case 413 -> Refused.answer(Refusal.of(EdgeCode.BODY_TOO_LARGE), locale);
            case 415 -> Refused.answer(Refusal.of(EdgeCode.MEDIA_TYPE_UNSUPPORTED), locale);
            default -> onAnything(e, locale);
        };
    }

    @ExceptionHandler
    ResponseEntity<Refused> onTooLarge(DataBufferLimitException e, Locale locale) {
        return Refused.answer(Refusal.of(EdgeCode.BODY_TOO_LARGE), locale);
    }

    @ExceptionHandler
    ResponseEntity<Refused> onDecoding(DecodingException e, Locale locale) {
        return Refused.answer(Refusal.of(EdgeCode.MALFORMED, detail(e, locale)), locale);
    }

    @ExceptionHandler
    ResponseEntity<Refused> onAnything(Exception e, Locale locale) {
        if (outages.include(e)) {
            return onOutage(e, locale);
        }
        LOG.atError().setCause(e).log("unexpected failure");
        return Refused.answer(Refusal.of(EdgeCode.INTERNAL), locale);
    }

    /// Answers where no controller is involved.
    public Mono<Void> write(ServerWebExchange exchange, Refusal refusal) {
        Locale locale = exchange.getLocaleContext().getLocale() == null ? Locale.CHINESE : exchange.getLocaleContext().getLocale();
        ResponseEntity<Refused> answer = Refused.answer(refusal, locale);
        var response = exchange.getResponse();
        response.setStatusCode(answer.getStatusCode());
        response.getHeaders().putAll(answer.getHeaders());
        if (refusal.message() == EdgeCode.UNAUTHENTICATED) {
            response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        byte[] body = mapper.writeValueAsBytes(answer.getBody());
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static boolean tooLarge(Throwable e) {
        return causeOf(e, DataBufferLimitException.class) != null;
    }

    /// Names the field or the parameter, never repeats the value.
    private static String detail(Throwable e, Locale locale) {
        UnrecognizedPropertyException unknown = causeOf(e, UnrecognizedPropertyException.class);
        if (unknown != null) {
            return TEXTS.of(locale, "UNKNOWN_FIELD", abbreviated(unknown.getPropertyName()));
        }
        DatabindException databind = causeOf(e, DatabindException.class);
        if (databind != null && !databind.getPath().isEmpty()) {
            return TEXTS.of(locale, "FIELD", databind.getPath().getLast().getPropertyName());
        }
        if (causeOf(e, JacksonException.class) != null) {
            return TEXTS.of(locale, "NOT_THE_JSON");
        }
        ServerWebInputException input = causeOf(e, ServerWebInputException.class);
        MethodParameter parameter = input == null ? null : input.getMethodParameter();
        RequestParam asked = parameter == null ? null : parameter.getParameterAnnotation(RequestParam.class);
        if (parameter == null || asked == null) {
            return TEXTS.of(locale, "NOT_UNDERSTOOD");
        }
        return TEXTS.of(locale, "PARAMETER", asked.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : asked.name());
    }

    private static String abbreviated(String name) {
        return name.length() <= Limits.NAMED_FIELD_LENGTH ? name : name.substring(0, Limits.NAMED_FIELD_LENGTH) + "…";
    }

    private static <T extends Throwable> @Nullable T causeOf(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
