package dev.sluice.reconcile.pending;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.log.EventLog;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.RefundState;
import dev.sluice.reconcile.refund.NotifiedRefunds;
import dev.sluice.reconcile.unsettled.PaymentOutcome;
import dev.sluice.reconcile.unsettled.UnsettledPayments;

/// Appends what a query found paid. A payment of which something was refunded is asked about first: what was wholly refunded ends the
/// order, and what was partly refunded is confirmed with the refunded amount, which holds it for an operator.
@Component
class FoundPayments {
    private static final Logger LOG = LoggerFactory.getLogger(FoundPayments.class);

    private final ProviderCall calls;
    private final NotifiedRefunds refunds;
    private final UnsettledPayments payments;
    private final AnsweredOrders answered;
    private final EventLog eventLog;

    FoundPayments(ProviderCall calls, NotifiedRefunds refunds, UnsettledPayments payments, AnsweredOrders answered, EventLog eventLog) {
        this.calls = calls;
        this.refunds = refunds;
        this.payments = payments;
        this.answered = answered;
        this.eventLog = eventLog;
    }

    /// It was paid, and its provider mentions no refund. A notification may have.
    void paid(PendingOrder order, ProviderAccount account, PaymentState.Paid paid, ProviderAnswer answer) {
        List<String> notified = refunds.of(order.tradeNumber());
        if (notified.isEmpty()) {
            confirm(order, account, paid, nothing(paid), answer);
        } else {
            askRefunds(order, account, paid, notified, answer);
        }
    }

    /// It was paid, and its provider mentions a refund.
    void refunded(PendingOrder order, ProviderAccount account, PaymentState.Paid paid, ProviderAnswer answer) {
        askRefunds(order, account, paid, refunds.of(order.tradeNumber()), answer);
    }

    /// All of its payment was refunded. A notification of that payment that is late is held: nothing of it is left to credit.
    void end(PendingOrder order, ProviderAccount account, ProviderAnswer answer) {
        eventLog.append(answer, new OrderClosed(order.tradeNumber(), CloseReason.REFUNDED, LatePayment.HOLD));
        answered.addEnded(order, account, order.known().with(answer));
        LOG.atWarn().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                .log("order closed, all of its payment was refunded");
    }

    private void askRefunds(PendingOrder order, ProviderAccount account, PaymentState.Paid paid, List<String> notified,
            ProviderAnswer answer) {
        var asked = calls.refunds(order, account, paid.money(), notified);
        switch (asked.answer()) {
            case RefundState.None() -> confirm(order, account, paid, nothing(paid), answer);
            case RefundState.Whole() -> end(order, account, asked.evidence());
            case RefundState.Partly(var refunded) -> {
                eventLog.append(asked.evidence());
                confirm(order, account, paid, refunded, answer);
            }
            case RefundState.Unknown _ ->
                answered.add(order, account, order.failures() + 1, calls.keepIfNew(asked.evidence(), order.known()));
        }
    }

    private void confirm(PendingOrder order, ProviderAccount account, PaymentState.Paid paid, Money refunded, ProviderAnswer answer) {
        if (payments.outcome(order.provider(), paid.transactionId(), order.tradeNumber()) == PaymentOutcome.SETTLES_NOTHING) {
            keepOpen(order, account, answer);
            return;
        }
        eventLog.append(new PaymentConfirmed(
                order.tradeNumber(),
                order.provider(),
                account.merchant(),
                paid.transactionId(),
                paid.money(),
                refunded,
                paid.paidAt(),
                paid.paidAtBasis(),
                ConfirmationSource.QUERY,
                Evidence.ofAnswer(answer.answeredAt(), answer.body())));
        answered.addEnded(order, account, order.known());
        LOG.atInfo().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                .addKeyValue("transaction", paid.transactionId()).addKeyValue("refunded", refunded).log("payment found by query");
    }

    /// The ledger knows the payment as another order's, and confirmed again it has no other outcome.
    private void keepOpen(PendingOrder order, ProviderAccount account, ProviderAnswer answer) {
        if (!order.known().has(answer)) {
            LOG.atWarn().addKeyValue("trade_no", order.tradeNumber()).addKeyValue("provider", order.provider())
                    .log("payment found by query is another order's");
        }
        answered.add(order, account, 0, calls.keepIfNew(answer, order.known()));
    }

    private static Money nothing(PaymentState.Paid paid) {
        return new Money(0, paid.money().currency());
    }
}
