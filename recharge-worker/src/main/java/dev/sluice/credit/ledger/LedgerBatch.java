package dev.sluice.credit.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.sluice.credit.transfer.PaymentKey;
import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;

/// A batch by subject. The first occurrence of a payment or closing counts, in the order of the log, as it would if each came alone; only
/// that a payment was refunded counts after another closing too.
record LedgerBatch(List<OrderCreated> created, Map<TradeNumber, OrderClosure> closed, Map<PaymentKey, PaymentArrival> arrivals,
        List<ResolutionAct> decisions, List<QuotaCredited> credits, List<PaymentHeld> holds) {
    /// A payment with the facts before it in the log.
    ///
    /// @param at           when it was appended
    /// @param partition    of the log, where its outcome belongs
    /// @param closedBefore how its order was closed earlier in the batch, or null when it was not
    record PaymentArrival(PaymentConfirmed payment, Instant at, int partition, @Nullable OrderClosure closedBefore) {
        PaymentKey key() {
            return PaymentKey.of(payment);
        }
    }

    /// How an order was closed, by the log.
    ///
    /// @param refunded whether all of its payment was refunded: nothing is left to credit, whatever a closing before it decided
    /// @param at       when it was first closed
    record OrderClosure(LatePayment latePayment, boolean refunded, Instant at) {
        static OrderClosure of(OrderClosed order, Instant at) {
            return new OrderClosure(order.latePayment(), order.reason() == CloseReason.REFUNDED, at);
        }

        private OrderClosure then(OrderClosure next) {
            return next.refunded ? new OrderClosure(next.latePayment, true, at) : this;
        }
    }

    static LedgerBatch of(List<LogRecord> records) {
        LedgerBatch batch = new LedgerBatch(new ArrayList<>(), new HashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(),
                new ArrayList<>());
        for (LogRecord record : records) {
            if (record.content() instanceof DecodedRecord.Fact fact) {
                batch.add(fact.event(), fact.at(), record.partition());
            }
        }
        return batch;
    }

    private void add(TopUpEvent event, Instant at, int partition) {
        switch (event) {
            case OrderCreated order -> created.add(order);
            case OrderClosed order -> closed.merge(order.tradeNumber(), OrderClosure.of(order, at), OrderClosure::then);
            case PaymentConfirmed payment ->
                arrivals.putIfAbsent(PaymentKey.of(payment), new PaymentArrival(payment, at, partition, closed.get(payment.tradeNumber())));
            case HoldResolved act -> decisions.add(new ResolutionAct(act, at,
                    !arrivals.containsKey(new PaymentKey(act.provider(), act.transactionId(), act.tradeNumber())),
                    Optional.ofNullable(closed.get(act.tradeNumber())).filter(OrderClosure::refunded).isPresent()));
            case QuotaCredited credited -> credits.add(credited);
            case PaymentHeld held -> holds.add(held);
            case CheckRequested _,CancelRequested _,RefundEvent _ -> {
            }
        }
    }

    /// The payments that the log holds for a reason that depends on other partitions: an account could not take more, or another order had
    /// the transaction. Another order of reading partitions, as in a rebuild, must not let such a payment take the place of one that was
    /// credited.
    Set<PaymentKey> heldFor(HoldReason reason) {
        return holds.stream().filter(held -> held.reason() == reason)
                .map(held -> new PaymentKey(held.provider(), held.transactionId(), held.tradeNumber())).collect(Collectors.toSet());
    }
}
