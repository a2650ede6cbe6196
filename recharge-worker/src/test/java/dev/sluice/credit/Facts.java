package dev.sluice.credit;

import java.math.BigDecimal;
import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.sluice.event.CloseReason;
import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.DisplayType;
import dev.sluice.event.EventCodec;
import dev.sluice.event.Evidence;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.LatePayment;
import dev.sluice.event.Merchant;
import dev.sluice.event.Money;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.Provider;
import dev.sluice.event.Quota;
import dev.sluice.event.Quote;
import dev.sluice.event.Reading;
import dev.sluice.event.Resolution;
import dev.sluice.event.Scene;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.TradeNumber;
import dev.sluice.event.TransactionId;
import dev.sluice.event.UserId;

/// Facts for tests.
final class Facts {
    static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    static final Merchant MERCHANT = new Merchant("wx1", "1900000001");

    private Facts() {}

    static OrderCreated order(String tradeNumber, long user, long fen, long quota) {
        var quote = new Quote(1, DisplayType.USD, quota, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE);
        return new OrderCreated(new TradeNumber(tradeNumber), new UserId(user), Provider.WECHAT, MERCHANT, Scene.NATIVE, Money.ofFen(fen),
                new Quota(quota), quote, "Top-up", AT,
                AT.plusSeconds(1800));
    }

    static PaymentConfirmed payment(String tradeNumber, String transactionId, long fen) {
        return payment(tradeNumber, transactionId, Money.ofFen(fen), Provider.WECHAT, MERCHANT);
    }

    static PaymentConfirmed payment(String tradeNumber, String transactionId, Money money, Provider provider, Merchant merchant) {
        return new PaymentConfirmed(new TradeNumber(tradeNumber), provider, merchant, new TransactionId(transactionId), money, AT,
                ConfirmationSource.NOTIFICATION,
                new Evidence("N", "0".repeat(64)));
    }

    static OrderClosed closed(String tradeNumber, LatePayment latePayment) {
        return new OrderClosed(new TradeNumber(tradeNumber), CloseReason.EXPIRED, latePayment);
    }

    static HoldResolved released(String tradeNumber, String transactionId, String key, long user, long quota) {
        return resolved(tradeNumber, transactionId, key, new Resolution.Credit(new UserId(user), new Quota(quota)));
    }

    static HoldResolved markedForRefund(String tradeNumber, String transactionId, String key) {
        return resolved(tradeNumber, transactionId, key, new Resolution.Refund());
    }

    private static HoldResolved resolved(String tradeNumber, String transactionId, String key, Resolution resolution) {
        return new HoldResolved(new TradeNumber(tradeNumber), Provider.WECHAT, new TransactionId(transactionId), resolution,
                new UserId(9), "why", key);
    }

    static Entry entry(TopUpEvent event) {
        var record = new ConsumerRecord<>("sluice.events", 0, 0, event.tradeNumber().value(), new byte[0]);
        return new Entry(record, new Reading.Fact(EventCodec.idOf(event), AT, event));
    }
}
