package dev.sluice.order.refund;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.FoundRefundResolved;
import dev.sluice.event.RefundEvent.Mirroring;
import dev.sluice.event.RefundEvent.RefundApproved;
import dev.sluice.event.RefundEvent.RefundDeclined;
import dev.sluice.event.RefundEvent.RefundRequested;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.EventCodec;
import dev.sluice.log.EventLog;
import dev.sluice.order.act.OperatorAction;
import dev.sluice.order.act.OperatorActions;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.pricing.RefundTerms;
import dev.sluice.order.refund.RefundedPayments.Refundable;

/// What operators do about refunds: row, then log, and the answer once the view has read the ledger's outcome. A request that is repeated with
/// its key is the same refund, whatever became of it.
@Component
class RefundRequests {
    private static final Logger LOG = LoggerFactory.getLogger(RefundRequests.class);

    private final RefundedPayments payments;
    private final OrderRefunds refunds;
    private final OperatorActions acts;
    private final Supplier<RefundTerms> terms;
    private final EventLog eventLog;

    RefundRequests(RefundedPayments payments, OrderRefunds refunds, OperatorActions acts, Supplier<RefundTerms> terms, EventLog eventLog) {
        this.payments = payments;
        this.refunds = refunds;
        this.acts = acts;
        this.terms = terms;
        this.eventLog = eventLog;
    }

    /// The payment that an operator means.
    ///
    /// @param transactionId null when the order has only one
    Refundable payment(String tradeNo, @Nullable String transactionId) {
        List<Refundable> all = payments.of(tradeNo);
        List<Refundable> meant = transactionId == null
                ? all
                : all.stream().filter(each -> each.payment().transactionId().value().equals(transactionId)).toList();
        if (meant.isEmpty()) {
            throw Refusal.of(OrderCode.NOTHING_TO_REFUND).exception();
        }
        if (meant.size() > 1) {
            throw Refusal.of(OrderCode.PAYMENT_AMBIGUOUS, meant.size()).exception();
        }
        return meant.getFirst();
    }

    boolean needsApproval(Refundable payment, Money money) {
        long inAll = payment.refunded().minorUnits() + payment.underWay().minorUnits() + money.minorUnits();
        return terms.get().needsApproval(new Money(inAll, money.currency()));
    }

    /// Requests a refund.
    ///
    /// @return the refund, as soon as the ledger has reserved or refused it
    OrderRefund request(OperatorAction act, Money money, @Nullable String transactionId) {
        RefundNumber number = RefundNumber.of(new TradeNumber(act.orderId()), act.key());
        var key = new OrderRefund.Key(new TradeNumber(act.orderId()), number);
        Optional<OrderRefund> before = refunds.find(key);
        if (before.isPresent()) {
            return again(before.get(), act, money, transactionId);
        }
        Refundable payment = payment(act.orderId(), transactionId);
        if (!payment.money().currency().equals(money.currency())) {
            throw Refusal.of(OrderCode.REFUND_CURRENCY, payment.money().currency()).exception();
        }
        if (money.minorUnits() > payment.left().minorUnits()) {
            throw Refusal.of(OrderCode.REFUND_ABOVE_LEFT, payment.left()).exception();
        }
        append(act, new RefundRequested(key.tradeNumber(), number, payment.payment(), money, payment.funds(), needsApproval(payment, money),
                act.actor(), act.reason()), money.toString());
        return readBack(key, RefundStatus.REQUESTED);
    }

    private static OrderRefund again(OrderRefund before, OperatorAction act, Money money, @Nullable String transactionId) {
        OrderRefund.Request requested = before.requested();
        boolean isSame = requested != null && before.money().equals(money) && requested.act().actor().equals(act.actor())
                && requested.act().reason().equals(act.reason())
                && (transactionId == null || before.payment().transactionId().value().equals(transactionId));
        if (!isSame) {
            throw Refusal.of(OrderCode.IDEMPOTENCY_CONFLICT).exception();
        }
        return before;
    }

    /// Approves or declines a refund that waits for it, by another operator than the one who requested it.
    OrderRefund decide(OrderRefund.Key key, OperatorAction act, boolean approves) {
        OrderRefund refund = found(key);
        if (refund.requested() != null && refund.requested().act().actor().equals(act.actor()) && approves) {
            throw Refusal.of(OrderCode.SECOND_OPERATOR_NEEDED).exception();
        }
        RefundEvent fact = approves
                ? new RefundApproved(key.tradeNumber(), key.refundNumber(), act.actor(), act.reason())
                : new RefundDeclined(key.tradeNumber(), key.refundNumber(), act.actor(), act.reason());
        return decide(refund, RefundStatus.WAITING, act, fact);
    }

    /// Decides about the quota of a refund that was found at the provider.
    OrderRefund mirror(OrderRefund.Key key, OperatorAction act, Mirroring mirroring) {
        return decide(found(key), RefundStatus.FOUND, act,
                new FoundRefundResolved(key.tradeNumber(), key.refundNumber(), mirroring, act.actor(), act.reason()));
    }

    private OrderRefund found(OrderRefund.Key key) {
        return refunds.find(key).orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
    }

    private OrderRefund decide(OrderRefund refund, RefundStatus from, OperatorAction act, RefundEvent fact) {
        if (refund.decided() != null && refund.decided().actor().equals(act.actor()) && refund.decided().reason().equals(act.reason())) {
            return refund;
        }
        if (refund.status() != from) {
            throw Refusal.of(OrderCode.REFUND_DECIDED, refund.status()).exception();
        }
        append(act, fact, "");
        return readBack(refund.key(), from);
    }

    /// Of two operators at the same moment, one has the row.
    ///
    /// @param terms what distinguishes the request from another one with its key
    private void append(OperatorAction act, RefundEvent fact, String terms) {
        UUID id = EventCodec.idOf(fact);
        if (!acts.claim(id, terms.isEmpty() ? act : act.because(act.reason() + " " + terms))) {
            throw Refusal.of(OrderCode.IDEMPOTENCY_CONFLICT).exception();
        }
        eventLog.append(fact);
        LOG.atInfo().addKeyValue("trade_no", fact.tradeNumber()).addKeyValue("refund_no", fact.refundNumber())
                .addKeyValue("actor", act.actor()).addKeyValue("act", fact.getClass().getSimpleName())
                .log("operator decided about a refund");
    }

    /// The refund once it has left a state. What takes longer is shown as it is.
    private OrderRefund readBack(OrderRefund.Key key, RefundStatus left) {
        long start = System.nanoTime();
        Optional<OrderRefund> now = refunds.find(key);
        while (now.filter(refund -> refund.status() != left).isEmpty()
                && System.nanoTime() - start < Limits.OUTCOME_READ_WITHIN.toNanos()) {
            pause();
            now = refunds.find(key);
        }
        return now.orElseThrow(() -> Refusal.outage().exception());
    }

    private static void pause() {
        try {
            Thread.sleep(Limits.BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a refund is read back", e);
        }
    }
}
