package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import com.github.f4b6a3.ulid.UlidCreator;
import org.springframework.stereotype.Component;

import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.evidence.ProviderAnswer.Meaning;
import dev.sluice.event.evidence.ProviderAnswer.Question;
import dev.sluice.event.value.Money;
import dev.sluice.log.EventLog;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.RefundState;

/// Asks a provider about an order and keeps its answer as evidence.
@Component
class ProviderCall {
    private final EventLog eventLog;
    private final Clock clock;

    ProviderCall(EventLog eventLog, Clock clock) {
        this.eventLog = eventLog;
        this.clock = clock;
    }

    /// What a provider answered.
    ///
    /// @param answer   what it means
    /// @param evidence the answer as received
    record Answered<T>(T answer, ProviderAnswer evidence) {}

    private record Reading(Meaning meaning, String reason) {}

    Answered<PaymentState> query(PendingOrder order, ProviderAccount account) {
        Instant askedAt = clock.instant();
        ProviderResponse<PaymentState> response = account.query().query(order.tradeNumber());
        Reading reading = switch (response.answer()) {
            case PaymentState.Paid _ -> new Reading(Meaning.PAID, "");
            case PaymentState.Refunded _ -> new Reading(Meaning.PAID, "with a refund");
            case PaymentState.RefundedWhole(var state) -> new Reading(Meaning.REFUNDED, state);
            case PaymentState.Closed(var state) -> new Reading(Meaning.CLOSED, state);
            case PaymentState.Unpaid(var state) -> new Reading(Meaning.UNPAID, state);
            case PaymentState.Absent() -> new Reading(Meaning.ABSENT, "");
            case PaymentState.Unclear(var why) -> new Reading(Meaning.UNCLEAR, why);
            case PaymentState.Unknown(var why) -> new Reading(Meaning.UNKNOWN, why);
        };
        return new Answered<>(response.answer(), evidence(order, Question.QUERY, askedAt, response.body(), reading));
    }

    Answered<CloseResult> close(PendingOrder order, ProviderAccount account) {
        Instant askedAt = clock.instant();
        ProviderResponse<CloseResult> response = account.closing().close(order.tradeNumber());
        Reading reading = switch (response.answer()) {
            case CloseResult.Closed() -> new Reading(Meaning.CLOSED, "");
            case CloseResult.AlreadyPaid() -> new Reading(Meaning.PAID, "");
            case CloseResult.Absent() -> new Reading(Meaning.ABSENT, "");
            case CloseResult.Unknown(var why) -> new Reading(Meaning.UNKNOWN, why);
        };
        return new Answered<>(response.answer(), evidence(order, Question.CLOSE, askedAt, response.body(), reading));
    }

    /// @param paid     the payment's amount
    /// @param notified the numbers of refunds that notifications named
    Answered<RefundState> refunds(PendingOrder order, ProviderAccount account, Money paid, List<String> notified) {
        Instant askedAt = clock.instant();
        ProviderResponse<RefundState> response = account.refunds().query(order.tradeNumber(), paid, notified);
        Reading reading = switch (response.answer()) {
            case RefundState.None() -> new Reading(Meaning.PAID, "nothing was refunded");
            case RefundState.Whole() -> new Reading(Meaning.REFUNDED, "all of it");
            case RefundState.Partly(var refunded) -> new Reading(Meaning.REFUNDED, refunded.toString());
            case RefundState.Unknown(var why) -> new Reading(Meaning.UNKNOWN, why);
        };
        return new Answered<>(response.answer(), evidence(order, Question.REFUNDS, askedAt, response.body(), reading));
    }

    /// Appends an answer that differs from the last one about its order.
    ///
    /// @param known the answers that are in the log
    /// @return the answers that are in the log then
    KnownAnswers keepIfNew(ProviderAnswer answer, KnownAnswers known) {
        if (known.has(answer)) {
            return known;
        }
        eventLog.append(answer);
        return known.with(answer);
    }

    private ProviderAnswer evidence(PendingOrder order, Question question, Instant askedAt, byte[] body, Reading reading) {
        Instant answeredAt = clock.instant();
        return new ProviderAnswer(UlidCreator.getMonotonicUlid().toString(), order.provider(), order.tradeNumber(), question, askedAt,
                answeredAt, body, reading.meaning(), reading.reason());
    }
}
