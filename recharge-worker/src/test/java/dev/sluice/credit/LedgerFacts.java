package dev.sluice.credit;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.sluice.event.CloseReason;
import dev.sluice.event.EventCodec;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.LatePayment;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.Provider;
import dev.sluice.event.Quota;
import dev.sluice.event.Reading;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.TradeNumber;
import dev.sluice.event.TransactionId;
import dev.sluice.event.UserId;
import dev.sluice.testing.Facts;

/// What the ledger is told beside [Facts], and how it is told.
final class LedgerFacts {
    private LedgerFacts() {}

    static OrderClosed closed(String tradeNumber, LatePayment latePayment) {
        return new OrderClosed(new TradeNumber(tradeNumber), CloseReason.EXPIRED, latePayment);
    }

    static HoldResolved release(String tradeNumber, String transaction, String key, long user, long quota) {
        return resolved(tradeNumber, transaction, key, new Resolution.Credit(new UserId(user), new Quota(quota)));
    }

    static HoldResolved markForRefund(String tradeNumber, String transaction, String key) {
        return resolved(tradeNumber, transaction, key, new Resolution.Refund());
    }

    private static HoldResolved resolved(String tradeNumber, String transaction, String key, Resolution resolution) {
        return new HoldResolved(new TradeNumber(tradeNumber), Provider.WECHAT, new TransactionId(transaction), resolution,
                new UserId(9), "why", key);
    }

    static Entry entry(TopUpEvent event) {
        var record = new ConsumerRecord<>("sluice.events", 0, 0, event.tradeNumber().value(), new byte[0]);
        return new Entry(record, new Reading.Fact(EventCodec.idOf(event), Facts.AT, event));
    }
}
