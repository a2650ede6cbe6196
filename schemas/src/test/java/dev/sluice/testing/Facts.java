package dev.sluice.testing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.sluice.event.HoldReason;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.Purchase;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.DisplayType;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.Quote;
import dev.sluice.event.value.Scene;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

/// Facts for tests: about one thing to buy, of one merchant, at one moment, by WeChat Pay, where they are not told otherwise.
public final class Facts {
    public static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    public static final Merchant MERCHANT = new Merchant("wx0000000000000001", "1900000001");
    /// Until when an order should be paid.
    public static final Duration EXPIRY = Duration.ofMinutes(30);

    private Facts() {}

    public static OrderCreated order(String tradeNumber, long user, long fen, long quota) {
        return order(tradeNumber, user, fen, quota, MERCHANT, AT);
    }

    public static OrderCreated order(String tradeNumber, long user, long fen, long quota, Merchant merchant, Instant createdAt) {
        var quote = new Quote(1, DisplayType.USD, quota, BigDecimal.valueOf(fen, 2), BigDecimal.ONE, BigDecimal.ONE);
        return new OrderCreated(new TradeNumber(tradeNumber), Providers.WECHAT, merchant, Scene.NATIVE, Money.ofFen(fen), "top up",
                createdAt,
                createdAt.plus(EXPIRY), new Purchase.TopUp(new UserId(Long.toString(user)), new Quota(quota), quote));
    }

    public static PaymentConfirmed payment(String tradeNumber, String transaction, long fen) {
        return payment(tradeNumber, transaction, Money.ofFen(fen), Providers.WECHAT, MERCHANT);
    }

    public static PaymentConfirmed payment(String tradeNumber, String transaction, long fen, String body) {
        return payment(tradeNumber, transaction, Money.ofFen(fen), Providers.WECHAT, MERCHANT, body);
    }

    public static PaymentConfirmed payment(String tradeNumber, String transaction, Money money, Provider provider, Merchant merchant) {
        return payment(tradeNumber, transaction, money, provider, merchant, "");
    }

    /// One of which the provider had returned a part before it was known here.
    public static PaymentConfirmed partlyRefunded(String tradeNumber, String transaction, long fen, long refundedFen) {
        return new PaymentConfirmed(new TradeNumber(tradeNumber), Providers.WECHAT, MERCHANT, new TransactionId(transaction),
                Money.ofFen(fen), Money.ofFen(refundedFen), AT, ConfirmationSource.QUERY, Evidence.ofAnswer(AT, new byte[0]));
    }

    private static PaymentConfirmed payment(String tradeNumber, String transaction, Money money, Provider provider, Merchant merchant,
            String body) {
        return new PaymentConfirmed(new TradeNumber(tradeNumber), provider, merchant, new TransactionId(transaction), money, AT,
                ConfirmationSource.NOTIFICATION, Evidence.ofAnswer(AT, body.getBytes(StandardCharsets.UTF_8)));
    }

    public static PaymentHeld held(String tradeNumber, String transaction, Money money, HoldReason reason) {
        return new PaymentHeld(new TradeNumber(tradeNumber), Providers.WECHAT, new TransactionId(transaction), money, reason);
    }

    /// Of which a part is with the payer again.
    public static PaymentHeld held(String tradeNumber, String transaction, Money money, Money refunded, HoldReason reason) {
        return new PaymentHeld(new TradeNumber(tradeNumber), Providers.WECHAT, new TransactionId(transaction), money, refunded, reason);
    }

    public static QuotaCredited credited(String tradeNumber, String transaction, long user, long quota) {
        return credited(tradeNumber, transaction, user, quota, false);
    }

    /// What a person has released from being held.
    public static QuotaCredited released(String tradeNumber, String transaction, long user, long quota) {
        return credited(tradeNumber, transaction, user, quota, true);
    }

    private static QuotaCredited credited(String tradeNumber, String transaction, long user, long quota, boolean released) {
        return new QuotaCredited(new TradeNumber(tradeNumber), new TransactionId(transaction), new UserId(Long.toString(user)),
                new Quota(quota),
                new Quota(quota), UUID.randomUUID(), false, released);
    }
}
