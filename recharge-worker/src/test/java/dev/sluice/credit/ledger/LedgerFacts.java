package dev.sluice.credit.ledger;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.credit.refund.Refunds;
import dev.sluice.credit.transfer.Transfers;
import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

/// What the ledger is told beside [Facts], and how it is told.
public final class LedgerFacts {
    /// Where [#entry] puts everything.
    static final int PARTITION = 99;

    private LedgerFacts() {}

    public static OrderClosed closed(String tradeNumber, LatePayment latePayment) {
        return new OrderClosed(new TradeNumber(tradeNumber), CloseReason.EXPIRED, latePayment);
    }

    /// All of its payment was refunded at the provider.
    public static OrderClosed refunded(String tradeNumber) {
        return new OrderClosed(new TradeNumber(tradeNumber), CloseReason.REFUNDED, LatePayment.HOLD);
    }

    public static HoldResolved release(String tradeNumber, String transaction, String key, long user, long quota) {
        return resolved(tradeNumber, transaction, key, new Resolution.Credit(new UserId(Long.toString(user)), new Quota(quota)));
    }

    public static HoldResolved markForRefund(String tradeNumber, String transaction, String key) {
        return resolved(tradeNumber, transaction, key, new Resolution.Refund());
    }

    private static HoldResolved resolved(String tradeNumber, String transaction, String key, Resolution resolution) {
        return new HoldResolved(new TradeNumber(tradeNumber), Providers.WECHAT, new TransactionId(transaction), resolution,
                new UserId("9"), "why", key);
    }

    /// As it stands in a partition that no running worker has.
    static LogRecord entry(TopUpEvent event) {
        return entry(event, PARTITION);
    }

    static LogRecord entry(TopUpEvent event, int partition) {
        var record = new ConsumerRecord<>("sluice.events", partition, 0, event.tradeNumber().value(), new byte[0]);
        return new LogRecord(record, new DecodedRecord.Fact(EventCodec.idOf(event), Facts.AT, "/sluice/test", event));
    }

    /// Books records by a ledger that appends nothing, as a worker does that ends before it could.
    public static void bookOnly(JdbcClient jdbc, TransactionTemplate transaction, List<ConsumerRecord<String, byte[]>> records) {
        Ledger ledger = ledger(jdbc);
        transaction.executeWithoutResult(_ -> ledger.book(records.stream()
                .map(record -> new LogRecord(record, (DecodedRecord.Decoded) EventCodec.read(record))).toList()));
    }

    static Ledger ledger(JdbcClient jdbc) {
        var transfers = new Transfers(jdbc);
        return new Ledger(new LedgerStatements(jdbc), new Payments(jdbc), transfers, new HoldResolutions(jdbc), new Publications(jdbc),
                new Refunds(jdbc, transfers));
    }
}
