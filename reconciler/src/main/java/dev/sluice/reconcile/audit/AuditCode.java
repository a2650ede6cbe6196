package dev.sluice.reconcile.audit;

import java.util.Locale;

import org.springframework.http.HttpStatus;

import dev.sluice.edge.answer.AnswerCode;
import dev.sluice.edge.answer.AnswerTexts;

/// The audit's own answers that are not the result.
public enum AuditCode implements AnswerCode {
    TOO_MANY_EXPORTS(HttpStatus.TOO_MANY_REQUESTS),
    VERIFICATION_RUNS(HttpStatus.CONFLICT);

    private static final AnswerTexts TEXTS = AnswerTexts.beside(AuditCode.class);

    private final HttpStatus status;

    AuditCode(HttpStatus status) {
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
