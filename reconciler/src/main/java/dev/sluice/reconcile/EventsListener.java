package dev.sluice.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.reconcile.pending.InquirySchedule;
import dev.sluice.reconcile.pending.Limits;
import dev.sluice.reconcile.pending.PendingOrders;
import dev.sluice.reconcile.unsettled.UnsettledPayments;

/// Follows the log: which orders are open, and which money waits.
@Component
class EventsListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventsListener.class);

    private final PendingOrders pending;
    private final UnsettledPayments waiting;
    private final TransactionOperations transaction;
    private final Clock clock;

    EventsListener(PendingOrders pending, UnsettledPayments waiting, TransactionOperations transaction, Clock clock) {
        this.pending = pending;
        this.waiting = waiting;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// All in one transaction. When the rows refuse one of the records, each gets its own, and the bad one is left out.
    @KafkaListener(topics = "sluice.events")
    void onFacts(List<ConsumerRecord<String, byte[]>> records) {
        try {
            transaction.executeWithoutResult(_ -> records.forEach(this::follow));
        } catch (DataIntegrityViolationException e) {
            records.forEach(this::followAlone);
        }
    }

    private void followAlone(ConsumerRecord<String, byte[]> record) {
        try {
            transaction.executeWithoutResult(_ -> follow(record));
        } catch (DataIntegrityViolationException e) {
            LOG.atError().addKeyValue("trade_no", record.key()).addKeyValue("why", e.getMostSpecificCause().getMessage())
                    .log("record left out of the reconciler's view");
        }
    }

    private void follow(ConsumerRecord<String, byte[]> record) {
        // What cannot be read is the worker's to set aside.
        if (EventCodec.read(record) instanceof DecodedRecord.Fact fact) {
            follow(fact);
        }
    }

    private void follow(DecodedRecord.Fact fact) {
        switch (fact.event()) {
            case OrderCreated order -> pending.expect(order, firstAsk(order));
            case PaymentConfirmed payment -> {
                pending.settle(payment);
                waiting.await(payment, fact.at());
            }
            case QuotaCredited credited -> {
                // A payment that a person released may be another account's: what this order's own provider has is still to be asked.
                if (!credited.released()) {
                    pending.forget(credited.tradeNumber());
                }
                waiting.settle(credited.tradeNumber(), credited.transactionId());
            }
            case PaymentHeld held -> waiting.settle(held.tradeNumber(), held.transactionId());
            case OrderClosed closed -> {
                switch (closed.reason()) {
                    case CANCELLED -> pending.cancelled(closed.tradeNumber());
                    case EXPIRED, PROVIDER_REFUSED -> pending.forget(closed.tradeNumber());
                }
            }
            case CheckRequested check -> pending.check(check, wished(fact.at()));
            case CancelRequested cancel -> pending.cancel(cancel.tradeNumber(), wished(fact.at()));
            case HoldResolved _ -> {
            }
        }
    }

    private Instant firstAsk(OrderCreated order) {
        Instant now = clock.instant();
        return isPast(order.createdAt()) ? now.plus(Limits.WAIT_FOR_HISTORY) : InquirySchedule.first(order.createdAt());
    }

    /// A wish is kept also from the past, for whoever was away when it was told: what became of it stands further on in the log.
    private Instant wished(Instant told) {
        Instant now = clock.instant();
        return isPast(told) ? now.plus(Limits.WAIT_FOR_HISTORY) : now;
    }

    private boolean isPast(Instant at) {
        return at.isBefore(clock.instant().minus(Limits.HISTORY));
    }

    /// Who looks right now. What was told while nobody listened is over.
    @KafkaListener(topics = "sluice.watch", groupId = "sluice-reconciler-watch", properties = "auto.offset.reset=latest")
    void onPages(List<ConsumerRecord<String, byte[]>> records) {
        Instant now = clock.instant();
        for (var record : records) {
            EventCodec.readWatched(record).filter(page -> page.until().isAfter(now))
                    .ifPresent(page -> pending.watch(page.tradeNumber(), now, page.until(), InquirySchedule.firstWatched(now)));
        }
    }
}
