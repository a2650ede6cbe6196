package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import com.github.f4b6a3.ulid.UlidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.event.CloseReason;
import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.evidence.ProviderAnswer.Finding;
import dev.sluice.event.evidence.ProviderAnswer.Question;
import dev.sluice.event.value.LatePayment;
import dev.sluice.log.EventLog;
import dev.sluice.provider.Closing;
import dev.sluice.provider.Heard;
import dev.sluice.provider.PaymentState;

/// Asks the provider about one order and does what follows: money is confirmed, an order whose time is over is closed at the provider
/// and then here, anything else is asked again. One that an operator wants cancelled is closed here as soon as the provider knows of no
/// money, and asked for until it is closed there too. Every answer is kept.
@Component
class Inquiry {
    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

    private final PendingOrders pending;
    private final EventLog eventLog;
    private final Supplier<LatePayment> latePayment;
    private final Clock clock;
    private final MeterRegistry meters;

    Inquiry(PendingOrders pending, EventLog eventLog, Supplier<LatePayment> latePayment, Clock clock, MeterRegistry meters) {
        this.pending = pending;
        this.eventLog = eventLog;
        this.latePayment = latePayment;
        this.clock = clock;
        this.meters = meters;
    }

    void ask(PendingOrder order, Desk desk) {
        Instant askedAt = clock.instant();
        Heard<PaymentState> heard = desk.query().query(order.tradeNumber());
        switch (heard.answer()) {
            case PaymentState.Paid paid -> confirm(order, desk, paid, answer(order, Question.QUERY, askedAt, heard, Finding.PAID, ""));
            case PaymentState.Closed(var state) ->
                endOrder(order, answer(order, Question.QUERY, askedAt, heard, Finding.CLOSED, state));
            case PaymentState.Unpaid(var state) -> {
                var answer = answer(order, Question.QUERY, askedAt, heard, Finding.UNPAID, state);
                if (clock.instant().isBefore(desk.closableFrom(order))) {
                    keep(order, answer);
                    askAgain(order, desk, 0);
                } else {
                    eventLog.append(answer);
                    close(order, desk);
                }
            }
            case PaymentState.Absent() -> {
                var answer = answer(order, Question.QUERY, askedAt, heard, Finding.ABSENT, "");
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
                eventLog.append(answer(order, Question.QUERY, askedAt, heard, Finding.UNCLEAR, why));
                askAgain(order, desk, 0);
            }
            case PaymentState.Unknown(var why) -> {
                eventLog.append(answer(order, Question.QUERY, askedAt, heard, Finding.UNKNOWN, why));
                askAgain(order, desk, order.failures() + 1);
            }
        }
    }

    /// Only the provider's yes makes "unpaid" final: between the question and this, somebody may have paid.
    private void close(PendingOrder order, Desk desk) {
        Instant askedAt = clock.instant();
        Heard<Closing> heard = desk.closing().close(order.tradeNumber());
        switch (heard.answer()) {
            case Closing.Closed() -> endOrder(order, answer(order, Question.CLOSE, askedAt, heard, Finding.CLOSED, ""));
            case Closing.AlreadyPaid() -> {
                eventLog.append(answer(order, Question.CLOSE, askedAt, heard, Finding.PAID, ""));
                askAgain(order, desk, order.failures() + 1);
            }
            case Closing.Absent() -> {
                keep(order, answer(order, Question.CLOSE, askedAt, heard, Finding.ABSENT, ""));
                askAgain(order, desk, 0);
            }
            case Closing.Unknown(var why) -> {
                eventLog.append(answer(order, Question.CLOSE, askedAt, heard, Finding.UNKNOWN, why));
                askAgain(order, desk, order.failures() + 1);
            }
        }
    }

    private void confirm(PendingOrder order, Desk desk, PaymentState.Paid paid, ProviderAnswer answer) {
        // The row goes when this comes back on the log; until then the order is ours.
        eventLog.append(answer, new PaymentConfirmed(
                order.tradeNumber(),
                order.provider(),
                desk.merchant(),
                paid.transactionId(),
                paid.money(),
                paid.paidAt(),
                ConfirmationSource.QUERY,
                Evidence.of(answer.id(), answer.body())));
        LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                .addKeyValue("transaction", paid.transactionId()).log("payment found by asking");
    }

    /// Keeps an answer that knows of no money, while some may still come. It is enough for an operator's wish.
    private void keep(PendingOrder order, ProviderAnswer answer) {
        if (order.cancelling() == Cancelling.WANTED) {
            eventLog.append(answer, new OrderClosed(order.tradeNumber(), CloseReason.CANCELLED, latePayment.get()));
            LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                    .addKeyValue("finding", answer.finding()).log("order cancelled, its code may live on");
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
                .addKeyValue("finding", answer.finding()).log("order closed");
    }

    private void askAgain(PendingOrder asked, Desk desk, int failures) {
        Instant now = clock.instant();
        // A page may have been opened while the provider thought.
        PendingOrder order = pending.find(asked.tradeNumber()).orElse(asked);
        Instant next = failures == 0
                ? AskingTimes.next(order, now, List.of(desk.closableFrom(order), desk.deadFrom(order)))
                : AskingTimes.retry(order, now, failures);
        pending.askAgain(asked.tradeNumber(), next, failures);
    }

    private ProviderAnswer answer(PendingOrder order, Question question, Instant askedAt, Heard<?> heard, Finding finding, String reason) {
        Instant answeredAt = clock.instant();
        meters.timer("sluice.provider.calls", "provider", order.provider().method(), "question", lowerCase(question), "outcome",
                lowerCase(finding)).record(Duration.between(askedAt, answeredAt));
        return new ProviderAnswer(UlidCreator.getMonotonicUlid().toString(), order.provider(), order.tradeNumber(), question, askedAt,
                answeredAt, heard.body(), finding, reason);
    }

    private static String lowerCase(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
