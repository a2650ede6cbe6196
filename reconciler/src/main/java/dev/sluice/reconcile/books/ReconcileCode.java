package dev.sluice.reconcile.books;

import java.util.Locale;

import org.springframework.http.HttpStatus;

import dev.sluice.edge.answer.AnswerCode;
import dev.sluice.edge.answer.AnswerTexts;

/// Reconciliation's own answers that are not the result. Their texts are in the message bundles beside them.
public enum ReconcileCode implements AnswerCode {
    /// The file is no bill of the account and day; the text has the stable fault.
    BILL_REJECTED(HttpStatus.UNPROCESSABLE_CONTENT),
    DISCREPANCY_CLOSED(HttpStatus.CONFLICT),
    DAY_NOT_OVER(HttpStatus.CONFLICT),
    ACCOUNT_UNKNOWN(HttpStatus.NOT_FOUND);

    private static final AnswerTexts TEXTS = AnswerTexts.beside(ReconcileCode.class);

    private final HttpStatus status;

    ReconcileCode(HttpStatus status) {
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
