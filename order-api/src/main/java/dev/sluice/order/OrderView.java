package dev.sluice.order;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.value.TransactionId;

/// An order as its owner sees it.
///
/// @param orderId       the trade number
/// @param paymentMethod `wechat` or `alipay`
/// @param amount        what was asked for
/// @param money         yuan with two decimals
/// @param quota         what it is to credit its owner; once credited, what it did credit: an operator who released a held payment
///                      may have given another quota, or have credited another user
/// @param payUrl        the text of the QR code, as long as it may be paid
public record OrderView(
        String orderId,
        String paymentMethod,
        long amount,
        String money,
        long quota,
        OrderStatus status,
        @Nullable String payUrl,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant paidAt,
        @Nullable Instant creditedAt,
        @Nullable TransactionId transactionId,
        boolean late) {

    public static OrderView of(TopUpOrder order, Instant now) {
        Progress progress = order.progress();
        return new OrderView(
                order.tradeNo(),
                order.provider().code(),
                order.amount(),
                order.money().decimal(),
                order.status() == OrderStatus.CREDITED ? progress.creditedQuota() : order.quota(),
                order.status(),
                order.status() == OrderStatus.AWAITING_PAYMENT && order.expiresAt().isAfter(now) ? progress.payUrl() : null,
                order.createdAt(),
                order.expiresAt(),
                progress.paidAt(),
                progress.creditedAt(),
                progress.transactionId(),
                progress.late());
    }
}
