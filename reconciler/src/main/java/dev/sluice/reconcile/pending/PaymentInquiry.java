package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import com.github.f4b6a3.ulid.UlidCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.event.CloseReason;
import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.evidence.ProviderAnswer.Meaning;
import dev.sluice.event.evidence.ProviderAnswer.Question;
import dev.sluice.event.value.LatePayment;
import dev.sluice.log.EventLog;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.ProviderResponse;

/// Asks the provider about one order and does what follows: money is confirmed, an order whose time is over is closed at the provider
/// and then here, anything else is asked again. One that an operator wants cancelled is closed here as soon as the provider knows of no
/// money, and asked for until it is closed there too. Every answer is kept.
@Component
class PaymentInquiry {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentInquiry.class);

    private final PendingOrders pending;
    private final EventLog eventLog;
    private final Supplier<LatePayment> latePayment;
    private final Clock clock;

    PaymentInquiry(PendingOrders pending, EventLog eventLog, Supplier<LatePayment> latePayment, Clock clock) {
        this.pending = pending;
        this.eventLog = eventLog;
        this.latePayment = latePayment;
        this.clock = clock;
    }

    void ask(PendingOrder order, ProviderAccount desk) {
        Instant askedAt = clock.instant();
        ProviderResponse<PaymentState> heard = desk.query().query(order.tradeNumber());
        switch (heard.answer()) {
            case PaymentState.Paid paid -> confirm(order, desk, paid, answer(order, Question.QUERY, askedAt, heard, Meaning.PAID, ""));
            case PaymentState.Closed(var state) ->
                endOrder(order, answer(order, Question.QUERY, askedAt, heard, Meaning.CLOSED, state));
            case PaymentState.Unpaid(var state) -> {
                var answer = answer(order, Question.QUERY, askedAt, heard, Meaning.UNPAID, state);
                if (clock.instant().isBefore(desk.closableFrom(order))) {
                    keep(order, answer);
                    askAgain(order, desk, 0);
                } else {
                    eventLog.append(answer);
                    close(order, desk);
                }
            }
            case PaymentState.Absent() -> {
                var answer = answer(order, Question.QUERY, askedAt, heard, Meaning.ABSENT, "");
                if (clock.instant().isBefore(desk.deadFrom(order))) {
                    keep(order, answer);
                    askAgain(order, desk, 0);
                } else {
                    endOrder(order, answer);
                }
            }
            case PaymentState.Unclear(var why) -> {
                LOG.atError().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("why", why)
                        .log("answer signed but not understood, look at it");
                eventLog.append(answer(order, Question.QUERY, askedAt, heard, Meaning.UNCLEAR, why));
                askAgain(order, desk, 0);
            }
            case PaymentState.Unknown(var why) -> {
                eventLog.append(answer(order, Question.QUERY, askedAt, heard, Meaning.UNKNOWN, why));
                askAgain(order, desk, order.failures() + 1);
            }
        }
    }

    /// Only the provider's yes makes "unpaid" final: between the question and this, somebody may have paid.
    private void close(PendingOrder order, ProviderAccount desk) {
        Instant askedAt = clock.instant();
        ProviderResponse<CloseResult> heard = desk.closing().close(order.tradeNumber());
        switch (heard.answer()) {
            case CloseResult.Closed() -> endOrder(order, answer(order, Question.CLOSE, askedAt, heard, Meaning.CLOSED, ""));
            case CloseResult.AlreadyPaid() -> {
                eventLog.append(answer(order, Question.CLOSE, askedAt, heard, Meaning.PAID, ""));
                askAgain(order, desk, order.failures() + 1);
            }
            case CloseResult.Absent() -> {
                keep(order, answer(order, Question.CLOSE, askedAt, heard, Meaning.ABSENT, ""));
                askAgain(order, desk, 0);
            }
            case CloseResult.Unknown(var why) -> {
                eventLog.append(answer(order, Question.CLOSE, askedAt, heard, Meaning.UNKNOWN, why));
                askAgain(order, desk, order.failures() + 1);
            }
        }
    }

    private void confirm(PendingOrder order, ProviderAccount desk, PaymentState.Paid paid, ProviderAnswer answer) {
        // The row goes when this comes back on the log; until then the order is ours.
        eventLog.append(new PaymentConfirmed(
                order.tradeNumber(),
                order.provider(),
                desk.merchant(),
                paid.transactionId(),
                paid.money(),
                paid.paidAt(),
                ConfirmationSource.QUERY,
                Evidence.ofAnswer(answer.answeredAt(), answer.body())));
        LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                .addKeyValue("transaction", paid.transactionId()).log("payment found by asking");
    }

    /// Keeps an answer that knows of no money, while some may still come. It is enough for an operator's wish.
    private void keep(PendingOrder order, ProviderAnswer answer) {
        if (order.cancelling() == CancelState.WANTED) {
            eventLog.append(answer, new OrderClosed(order.tradeNumber(), CloseReason.CANCELLED, latePayment.get()));
            LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                    .addKeyValue("meaning", answer.meaning()).log("order cancelled, its code may live on");
        } else {
            eventLog.append(answer);
        }
    }

    /// No money will come.
    private void endOrder(PendingOrder order, ProviderAnswer answer) {
        switch (order.cancelling()) {
            // The row goes when this comes back on the log.
            case NONE -> eventLog.append(answer, new OrderClosed(order.tradeNumber(), CloseReason.EXPIRED, latePayment.get()));
            case WANTED -> {
                eventLog.append(answer, new OrderClosed(order.tradeNumber(), CloseReason.CANCELLED, latePayment.get()));
                pending.forget(order.tradeNumber());
            }
            case TOLD -> {
                eventLog.append(answer);
                pending.forget(order.tradeNumber());
            }
        }
        LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                .addKeyValue("meaning", answer.meaning()).log("order closed");
    }

    private void askAgain(PendingOrder asked, ProviderAccount desk, int failures) {
        Instant now = clock.instant();
        // A page may have been opened while the provider thought.
        PendingOrder order = pending.find(asked.tradeNumber()).orElse(asked);
        Instant next = failures == 0
                ? InquirySchedule.next(order, now, List.of(desk.closableFrom(order), desk.deadFrom(order)))
                : InquirySchedule.retry(order, now, failures);
        pending.askAgain(asked.tradeNumber(), next, failures);
    }

    private ProviderAnswer answer(PendingOrder order, Question question, Instant askedAt, ProviderResponse<?> heard, Meaning meaning,
            String reason) {
        Instant answeredAt = clock.instant();
        return new ProviderAnswer(UlidCreator.getMonotonicUlid().toString(), order.provider(), order.tradeNumber(), question, askedAt,
                answeredAt, heard.body(), meaning, reason);
    }
}
