package dev.sluice.order.answer;

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

import dev.sluice.log.NotAppendedException;
import dev.sluice.text.Language;

/// Turns every failure into an answer in the caller's terms: the envelope, a stable code, no stack trace.
@RestControllerAdvice
public class ErrorAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    private final JsonMapper mapper;

    public ErrorAnswers(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @ExceptionHandler
    ResponseEntity<Refused> onRefusal(RefusedException e, Locale locale) {
        return Refused.answer(e.refusal(), locale);
    }

    /// Kafka or PostgreSQL is away. Nothing was promised; the caller may ask again.
    @ExceptionHandler({NotAppendedException.class, DataAccessResourceFailureException.class, TransientDataAccessException.class,
            CannotCreateTransactionException.class})
    ResponseEntity<Refused> onOutage(Exception e, Locale locale) {
        LOG.atError().addKeyValue("why", e.getMessage()).log("service unavailable");
        return Refused.answer(Refusal.later(AnswerCode.UNAVAILABLE, InputLimits.RETRY_AFTER_OUTAGE), locale);
    }

    @ExceptionHandler
    ResponseEntity<Refused> onStatus(ResponseStatusException e, Locale locale) {
        return switch (e.getStatusCode().value()) {
            case 400 ->
                Refused.answer(Refusal.of(tooLarge(e) ? AnswerCode.BODY_TOO_LARGE : AnswerCode.MALFORMED, detail(e, locale)), locale);
            case 404 -> Refused.answer(Refusal.of(AnswerCode.NOT_FOUND), locale);
            case 405 -> ResponseEntity.status(405).headers(e.getHeaders()).contentType(MediaType.APPLICATION_JSON)
                    .body(Refused.of(AnswerCode.METHOD_NOT_ALLOWED, locale));
            case 413 -> Refused.answer(Refusal.of(AnswerCode.BODY_TOO_LARGE), locale);
            case 415 -> Refused.answer(Refusal.of(AnswerCode.MEDIA_TYPE_UNSUPPORTED), locale);
            default -> onAnything(e, locale);
        };
    }

    @ExceptionHandler
    ResponseEntity<Refused> onTooLarge(DataBufferLimitException e, Locale locale) {
        return Refused.answer(Refusal.of(AnswerCode.BODY_TOO_LARGE), locale);
    }

    @ExceptionHandler
    ResponseEntity<Refused> onDecoding(DecodingException e, Locale locale) {
        return Refused.answer(Refusal.of(AnswerCode.MALFORMED, detail(e, locale)), locale);
    }

    @ExceptionHandler
    ResponseEntity<Refused> onAnything(Exception e, Locale locale) {
        LOG.atError().setCause(e).log("unexpected failure");
        return Refused.answer(Refusal.of(AnswerCode.INTERNAL), locale);
    }

    /// Answers where no controller is involved.
    public Mono<Void> write(ServerWebExchange exchange, Refusal refusal) {
        Locale locale = exchange.getLocaleContext().getLocale() == null ? Locale.CHINESE : exchange.getLocaleContext().getLocale();
        ResponseEntity<Refused> answer = Refused.answer(refusal, locale);
        var response = exchange.getResponse();
        response.setStatusCode(answer.getStatusCode());
        response.getHeaders().putAll(answer.getHeaders());
        if (refusal.message() == AnswerCode.UNAUTHENTICATED) {
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
        Language language = Language.of(locale);
        UnrecognizedPropertyException unknown = causeOf(e, UnrecognizedPropertyException.class);
        if (unknown != null) {
            return language.either("未知字段 ", "unknown field ") + abbreviated(unknown.getPropertyName());
        }
        DatabindException databind = causeOf(e, DatabindException.class);
        if (databind != null && !databind.getPath().isEmpty()) {
            return language.either("字段 ", "field ") + databind.getPath().getLast().getPropertyName();
        }
        if (causeOf(e, JacksonException.class) != null) {
            return language.either("不是所要求的 JSON", "not the expected JSON");
        }
        ServerWebInputException input = causeOf(e, ServerWebInputException.class);
        MethodParameter parameter = input == null ? null : input.getMethodParameter();
        RequestParam asked = parameter == null ? null : parameter.getParameterAnnotation(RequestParam.class);
        if (parameter == null || asked == null) {
            return language.either("无法理解该请求", "the request cannot be understood");
        }
        return language.either("参数 ", "parameter ") + (asked.name().isEmpty() ? parameter.getParameterName() : asked.name());
    }

    private static String abbreviated(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
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
