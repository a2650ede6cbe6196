package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.value.LatePayment;
import dev.sluice.log.EventLog;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.PaymentState;

/// Decides what follows from a provider's answer about one order: money is confirmed, an order whose time is over is closed at the provider
/// and then here, anything else is asked again. One that an operator wants cancelled is closed here as soon as the provider knows of no
/// money, and asked for until it is closed there too. Answers that repeat the last one are counted and not kept.
///
/// A row ends by a fact alone, when the view reads it in the log: so a view that is rebuilt has the same rows.
@Component
class PaymentInquiry {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentInquiry.class);

    private final ProviderCall calls;
    private final FoundPayments found;
    private final AnsweredOrders answered;
    private final EventLog eventLog;
    private final Supplier<LatePayment> latePayment;
    private final Clock clock;

    PaymentInquiry(ProviderCall calls, FoundPayments found, AnsweredOrders answered, EventLog eventLog, Supplier<LatePayment> latePayment,
            Clock clock) {
        this.calls = calls;
        this.found = found;
        this.answered = answered;
        this.eventLog = eventLog;
        this.latePayment = latePayment;
        this.clock = clock;
    }

    void ask(PendingOrder order, ProviderAccount account) {
        var asked = calls.query(order, account);
        ProviderAnswer evidence = asked.evidence();
        switch (asked.answer()) {
            case PaymentState.Paid paid -> found.paid(order, account, paid, evidence);
            case PaymentState.Refunded(var payment) -> found.refunded(order, account, payment, evidence);
            case PaymentState.RefundedWhole _ -> found.end(order, account, evidence);
            case PaymentState.Closed _ -> endOrder(order, account, evidence, order.known());
            case PaymentState.Unpaid _ -> {
                if (clock.instant().isBefore(account.closableFrom(order))) {
                    keep(order, account, evidence, order.known());
                } else {
                    close(order, account, evidence);
                }
            }
            case PaymentState.Absent() -> {
                if (clock.instant().isBefore(account.deadFrom(order))) {
                    keep(order, account, evidence, order.known());
                } else {
                    endOrder(order, account, evidence, order.known());
                }
            }
            case PaymentState.Unclear(var why) -> {
                LOG.atError().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("why", why)
                        .log("answer signed but not understood");
                answered.add(order, account, 0, calls.keepIfNew(evidence, order.known()));
            }
            case PaymentState.Unknown _ ->
                answered.add(order, account, order.failures() + 1, calls.keepIfNew(evidence, order.known()));
        }
    }

    /// Only the provider's yes makes "unpaid" final: between the question and this, the payer may have paid.
    ///
    /// @param unpaid the answer to that question
    private void close(PendingOrder order, ProviderAccount account, ProviderAnswer unpaid) {
        var asked = calls.close(order, account);
        ProviderAnswer evidence = asked.evidence();
        KnownAnswers known = calls.keepIfNew(unpaid, order.known());
        switch (asked.answer()) {
            case CloseResult.Closed() -> endOrder(order, account, evidence, known);
            case CloseResult.AlreadyPaid(),CloseResult.Unknown _ ->
                answered.add(order, account, order.failures() + 1, calls.keepIfNew(evidence, known));
            case CloseResult.Absent() -> keep(order, account, evidence, known);
        }
    }

    /// An answer without money, while some may still come. It suffices for an operator's cancellation.
    private void keep(PendingOrder order, ProviderAccount account, ProviderAnswer answer, KnownAnswers known) {
        if (order.cancelling() != CancelState.WANTED) {
            answered.add(order, account, 0, calls.keepIfNew(answer, known));
            return;
        }
        eventLog.append(answer, closed(order, CloseReason.CANCELLED));
        answered.addEnded(order, account, known.with(answer));
        LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                .addKeyValue("meaning", answer.meaning()).log("order cancelled, its code may still be valid");
    }

    /// No money will come.
    private void endOrder(PendingOrder order, ProviderAccount account, ProviderAnswer answer, KnownAnswers known) {
        switch (order.cancelling()) {
            case NONE -> eventLog.append(answer, closed(order, CloseReason.EXPIRED));
            case WANTED -> {
                eventLog.append(answer, closed(order, CloseReason.CANCELLED));
                eventLog.append(closed(order, CloseReason.PROVIDER_CLOSED));
            }
            case ENDED -> eventLog.append(answer, closed(order, CloseReason.PROVIDER_CLOSED));
        }
        answered.addEnded(order, account, known.with(answer));
        LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                .addKeyValue("meaning", answer.meaning()).log("order closed");
    }

    private OrderClosed closed(PendingOrder order, CloseReason reason) {
        return new OrderClosed(order.tradeNumber(), reason, latePayment.get());
    }
}
