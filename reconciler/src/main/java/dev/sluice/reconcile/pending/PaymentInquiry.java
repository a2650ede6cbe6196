package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.event.CloseReason;
import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.LatePayment;
import dev.sluice.log.EventLog;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.PaymentState;

/// Decides what follows from a provider's answer about one order: money is confirmed, an order whose time is over is closed at the provider
/// and then here, anything else is asked again. One that an operator wants cancelled is closed here as soon as the provider knows of no
/// money, and asked for until it is closed there too. Answers that repeat the last one are counted and not kept.
@Component
class PaymentInquiry {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentInquiry.class);

    private final ProviderCall calls;
    private final PendingOrders pending;
    private final AnsweredOrders answered;
    private final EventLog eventLog;
    private final Supplier<LatePayment> latePayment;
    private final Clock clock;

    PaymentInquiry(ProviderCall calls, PendingOrders pending, AnsweredOrders answered, EventLog eventLog, Supplier<LatePayment> latePayment,
            Clock clock) {
        this.calls = calls;
        this.pending = pending;
        this.answered = answered;
        this.eventLog = eventLog;
        this.latePayment = latePayment;
        this.clock = clock;
    }

    void ask(PendingOrder order, ProviderAccount account) {
        var asked = calls.query(order, account);
        ProviderAnswer evidence = asked.evidence();
        switch (asked.answer()) {
            case PaymentState.Paid paid -> confirm(order, account, paid, evidence);
            case PaymentState.Refunded _,PaymentState.RefundedWhole _ -> endOrder(order, evidence);
            case PaymentState.Closed _ -> endOrder(order, evidence);
            case PaymentState.Unpaid _ -> {
                if (clock.instant().isBefore(account.closableFrom(order))) {
                    answered.add(order, account, 0, keep(order, evidence, order.known()));
                } else {
                    close(order, account, evidence);
                }
            }
            case PaymentState.Absent() -> {
                if (clock.instant().isBefore(account.deadFrom(order))) {
                    answered.add(order, account, 0, keep(order, evidence, order.known()));
                } else {
                    endOrder(order, evidence);
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
        switch (asked.answer()) {
            case CloseResult.Closed() -> {
                // The last answer before the end is kept, also when it repeats the one before.
                eventLog.append(unpaid);
                endOrder(order, evidence);
            }
            case CloseResult.AlreadyPaid(),CloseResult.Unknown _ -> answered.add(order, account, order.failures() + 1,
                    calls.keepIfNew(evidence, calls.keepIfNew(unpaid, order.known())));
            case CloseResult.Absent() -> answered.add(order, account, 0, keep(order, evidence, calls.keepIfNew(unpaid, order.known())));
        }
    }

    private void confirm(PendingOrder order, ProviderAccount account, PaymentState.Paid paid, ProviderAnswer answer) {
        // The row is deleted when this comes back on the log; until then the claim lasts.
        eventLog.append(new PaymentConfirmed(
                order.tradeNumber(),
                order.provider(),
                account.merchant(),
                paid.transactionId(),
                paid.money(),
                new Money(0, paid.money().currency()),
                paid.paidAt(),
                paid.paidAtBasis(),
                ConfirmationSource.QUERY,
                Evidence.ofAnswer(answer.answeredAt(), answer.body())));
        LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                .addKeyValue("transaction", paid.transactionId()).log("payment found by query");
    }

    /// An answer without money, while some may still come. It suffices for an operator's cancellation.
    ///
    /// @return the answers that are in the log then
    private KnownAnswers keep(PendingOrder order, ProviderAnswer answer, KnownAnswers known) {
        if (order.cancelling() != CancelState.WANTED) {
            return calls.keepIfNew(answer, known);
        }
        eventLog.append(answer, new OrderClosed(order.tradeNumber(), CloseReason.CANCELLED, latePayment.get()));
        LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                .addKeyValue("meaning", answer.meaning()).log("order cancelled, its code may still be valid");
        return known.with(answer);
    }

    /// No money will come.
    private void endOrder(PendingOrder order, ProviderAnswer answer) {
        switch (order.cancelling()) {
            // The row is deleted when this comes back on the log.
            case NONE -> eventLog.append(answer, new OrderClosed(order.tradeNumber(), CloseReason.EXPIRED, latePayment.get()));
            case WANTED -> {
                eventLog.append(answer, new OrderClosed(order.tradeNumber(), CloseReason.CANCELLED, latePayment.get()));
                pending.delete(List.of(order.tradeNumber()));
            }
            case TOLD -> {
                eventLog.append(answer);
                pending.delete(List.of(order.tradeNumber()));
            }
        }
        LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                .addKeyValue("meaning", answer.meaning()).log("order closed");
    }
}
