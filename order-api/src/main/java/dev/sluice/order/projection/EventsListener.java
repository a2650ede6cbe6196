package dev.sluice.order.projection;

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
import dev.sluice.order.OrderTransitions;
import dev.sluice.order.hold.Holds;
import dev.sluice.order.timeline.Timeline;

/// Follows the log and moves the orders. A fact that comes again moves nothing.
@Component
public class EventsListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventsListener.class);

    private final OrderTransitions moves;
    private final Holds holds;
    private final Timeline timeline;
    private final TransactionOperations transaction;

    EventsListener(OrderTransitions moves, Holds holds, Timeline timeline, TransactionOperations transaction) {
        this.moves = moves;
        this.holds = holds;
        this.timeline = timeline;
        this.transaction = transaction;
    }

    /// All in one transaction. When the rows refuse one of the records, each gets its own, and the bad one is left out: this is a
    /// view, and its owner has to see the other orders.
    @KafkaListener(topics = "sluice.events")
    public void onRecords(List<ConsumerRecord<String, byte[]>> records) {
        try {
            transaction.executeWithoutResult(_ -> follow(records));
        } catch (DataIntegrityViolationException e) {
            records.forEach(this::followAlone);
        }
    }

    private void followAlone(ConsumerRecord<String, byte[]> record) {
        try {
            transaction.executeWithoutResult(_ -> follow(List.of(record)));
        } catch (DataIntegrityViolationException e) {
            LOG.atError().addKeyValue("trade_no", record.key()).addKeyValue("why", e.getMostSpecificCause().getMessage())
                    .log("record left out of the orders");
        }
    }

    private void follow(List<ConsumerRecord<String, byte[]>> records) {
        for (var record : records) {
            switch (EventCodec.read(record)) {
                case DecodedRecord.Fact fact -> {
                    follow(fact);
                    timeline.keep(record, fact);
                }
                // The recharge worker sets it aside and raises the alarm; there is nothing to show for it here.
                case DecodedRecord.Readable _ -> {
                }
                case DecodedRecord.Unreadable(var why, _) ->
                    LOG.atWarn().addKeyValue("trade_no", record.key()).addKeyValue("why", why).log("record not understood");
            }
        }
    }

    private void follow(DecodedRecord.Fact fact) {
        switch (fact.event()) {
            // Usually written before it was told; when the rows are rebuilt from the log, this is where they come from.
            case OrderCreated order -> moves.restore(order);
            case PaymentConfirmed payment -> moves.pay(payment.tradeNumber(), payment.transactionId(), payment.paidAt());
            case QuotaCredited credited -> {
                moves.recordCredit(credited);
                if (!moves.credit(credited.tradeNumber(), credited.transactionId(), fact.at(), credited.late())) {
                    moves.addCredit(credited.tradeNumber(), credited.transactionId(), fact.at(), credited.late());
                }
            }
            case PaymentHeld held -> {
                holds.hold(held, fact.at());
                moves.hold(held.tradeNumber());
            }
            case HoldResolved act -> holds.resolve(act);
            case OrderClosed closed -> moves.close(closed.tradeNumber());
            // Acts, and no news about the order.
            case CheckRequested _,CancelRequested _ -> {
            }
        }
    }
}
