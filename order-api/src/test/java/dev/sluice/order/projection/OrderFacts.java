package dev.sluice.order.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.log.LogRecords;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;

/// What the log has about orders, as records in the order of the log.
final class OrderFacts {
    private final LogRecords log = new LogRecords();
    private final Instant start;

    OrderFacts() {
        this(Facts.AT);
    }

    OrderFacts(Instant start) {
        this.start = start;
    }

    /// Placed, paid, held, released.
    List<LogRecord> everything(String name) {
        return records(order(name), Facts.payment(name, "X-" + name, 7299),
                Facts.held(name, "X-" + name, Money.ofFen(7299), HoldReason.AMOUNT_MISMATCH),
                release(name, "X-" + name, "k"), markForRefund(name, "X-" + name, "second"),
                Facts.released(name, "X-" + name, 7, 4_999_315));
    }

    /// Closed, and paid all the same; another payment is held.
    List<LogRecord> late(String name) {
        String number = "LATE-" + name;
        return records(order(number), new OrderClosed(new TradeNumber(number), CloseReason.EXPIRED, LatePayment.CREDIT),
                Facts.payment(number, "Y-" + name, 7300), Facts.credited(number, "Y-" + name, 7, 5_000_000),
                Facts.payment(number, "Z-" + name, 7300), Facts.held(number, "Z-" + name, Money.ofFen(7300), HoldReason.DUPLICATE_PAYMENT));
    }

    /// Held, and refunded before and after that.
    List<LogRecord> refunded(String name) {
        String number = "BACK-" + name;
        return records(order(number), Facts.payment(number, "R-" + name, 7299), Facts.partlyRefunded(number, "R-" + name, 7299, 30),
                Facts.held(number, "R-" + name, Money.ofFen(7299), HoldReason.AMOUNT_MISMATCH),
                Facts.partlyRefunded(number, "R-" + name, 7299, 20),
                wholly(number));
    }

    /// Released before and after its payment was refunded, and a payment of another provider after that.
    List<LogRecord> releasedTooLate(String name) {
        String before = "BEFORE-" + name;
        String after = "AFTER-" + name;
        String others = "OTHERS-" + name;
        return records(held(before, HoldReason.LATE_PAYMENT), release(before, before, "k"), wholly(before), release(before, before, "l"),
                held(after, HoldReason.LATE_PAYMENT), wholly(after), release(after, after, "k"), release(after, after, "l"),
                markForRefund(after, after, "m"), held(others, HoldReason.PROVIDER_MISMATCH), wholly(others), release(others, others, "k"));
    }

    /// Released to another user, then paid by its owner, twice.
    List<LogRecord> toAnother(String name) {
        String number = "OTHER-" + name;
        return records(order(number), Facts.payment(number, "O-" + name, 1),
                Facts.held(number, "O-" + name, Money.ofFen(1), HoldReason.AMOUNT_MISMATCH), Facts.released(number, "O-" + name, 8, 500),
                Facts.credited(number, "P-" + name, 7, 5_000_000), Facts.released(number, "Q-" + name, 7, 10),
                order(number), Facts.credited(number, "P-" + name, 7, 5_000_000));
    }

    List<LogRecord> records(TopUpEvent... events) {
        List<LogRecord> records = new ArrayList<>();
        Instant at = start;
        for (TopUpEvent event : events) {
            records.add(log.of(event, at));
            at = at.plusSeconds(1);
        }
        return records;
    }

    static TopUpEvent order(String number) {
        return Facts.order(number, 7, 7300, 5_000_000);
    }

    /// All of its payment was refunded at the provider.
    static TopUpEvent wholly(String number) {
        return new OrderClosed(new TradeNumber(number), CloseReason.REFUNDED, LatePayment.HOLD);
    }

    static TopUpEvent release(String number, String transaction, String key) {
        return resolved(number, transaction, new Resolution.Credit(new UserId("7"), new Quota(4_999_315)), key);
    }

    static TopUpEvent markForRefund(String number, String transaction, String key) {
        return resolved(number, transaction, new Resolution.Refund(), key);
    }

    private static TopUpEvent resolved(String number, String transaction, Resolution resolution, String key) {
        return new HoldResolved(new TradeNumber(number), Providers.WECHAT, new TransactionId(transaction), resolution, new UserId("9"),
                "why", key);
    }

    private static TopUpEvent held(String number, HoldReason reason) {
        return Facts.held(number, number, Money.ofFen(7300), reason);
    }
}
