package dev.sluice.order;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

import dev.sluice.event.OrderCreated;
import dev.sluice.event.Purchase;
import dev.sluice.event.value.DisplayType;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.Quote;
import dev.sluice.event.value.Scene;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

/// One order, as a row of `orders.topup` has it. Its columns change only by the moves of [OrderTransitions].
///
/// @param creditedQuota quota that its owner was credited with for it so far
@Table(schema = "orders", name = "topup")
public record TopUpOrder(
        @Id String tradeNo,
        int version,
        OrderStatus status,
        String userId,
        String idempotencyKey,
        Provider provider,
        Scene scene,
        String appId,
        String merchantId,
        long amount,
        DisplayType displayType,
        long quotaPerUnit,
        BigDecimal price,
        BigDecimal groupRatio,
        BigDecimal discount,
        long fen,
        long quota,
        String subject,
        String clientAddress,
        String notifyUrl,
        @Nullable String payUrl,
        @Nullable String transactionId,
        boolean late,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant paidAt,
        @Nullable Instant creditedAt,
        long creditedQuota) {

    /// A new order out of what the log says of it and what only this app needs to know.
    public static TopUpOrder of(OrderCreated created, String idempotencyKey, String clientAddress, String notifyUrl) {
        Purchase.TopUp topUp = switch (created.purchase()) {
            case Purchase.TopUp each -> each;
        };
        Quote quote = topUp.quote();
        return new TopUpOrder(
                created.tradeNumber().value(),
                1,
                OrderStatus.NEW,
                topUp.userId().value(),
                idempotencyKey,
                created.provider(),
                created.scene(),
                created.merchant().appId(),
                created.merchant().merchantId(),
                quote.amount(),
                quote.displayType(),
                quote.quotaPerUnit(),
                quote.price(),
                quote.groupRatio(),
                quote.discount(),
                created.money().minorUnits(),
                topUp.quota().units(),
                created.subject(),
                clientAddress,
                notifyUrl,
                null,
                null,
                false,
                created.createdAt(),
                created.expiresAt(),
                null,
                null,
                0);
    }

    /// The fact that this order exists, the same every time it is told.
    public OrderCreated created() {
        return new OrderCreated(
                tradeNumber(),
                provider,
                new Merchant(appId, merchantId),
                scene,
                money(),
                subject,
                createdAt,
                expiresAt,
                new Purchase.TopUp(new UserId(userId), new Quota(quota),
                        new Quote(amount, displayType, quotaPerUnit, price, groupRatio, discount)));
    }

    public TradeNumber tradeNumber() {
        return new TradeNumber(tradeNo);
    }

    public Money money() {
        return Money.ofFen(fen);
    }
}
