package dev.sluice.order;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.TransactionId;

/// An order as its owner sees it.
///
/// @param orderId       the trade number
/// @param paymentMethod `wechat` or `alipay`
/// @param amount        what was asked for
/// @param money         yuan with two decimals
/// @param quota         what it is to credit its owner; once credited, what it did credit: an operator who released a held payment
///                      may have given another quota, or have credited another user
/// @param payUrl        the text of the QR code, or the address to open, as long as it may be paid
/// @param supportCode   what its owner gives to an operator
/// @param payAction     what the payer does, of which `payUrl` is the text
public record OrderView(
        String orderId,
        String paymentMethod,
        long amount,
        String money,
        long quota,
        OrderStatus status,
        @Nullable String payUrl,
        @Nullable PayAction payAction,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant paidAt,
        @Nullable Instant creditedAt,
        @Nullable TransactionId transactionId,
        boolean late,
        String supportCode) {

    public static OrderView of(TopUpOrder order, Instant now) {
        Progress progress = order.progress();
        boolean payable = order.status() == OrderStatus.AWAITING_PAYMENT && order.expiresAt().isAfter(now);
        PayAction action = payable ? progress.payAction() : null;
        return new OrderView(
                order.tradeNo(),
                order.provider().code(),
                order.amount(),
                order.money().decimal(),
                order.status() == OrderStatus.CREDITED ? progress.creditedQuota() : order.quota(),
                order.status(),
                action == null ? null : textOf(action),
                action,
                order.createdAt(),
                order.expiresAt(),
                progress.paidAt(),
                progress.creditedAt(),
                progress.transactionId(),
                progress.late(),
                SupportCode.of(order.tradeNo()).toString());
    }

    /// The payer's page shows it as a QR code, when that is what the payer scans.
    public Optional<String> qrCode() {
        return payAction instanceof PayAction.QrCode(var text) ? Optional.of(text) : Optional.empty();
    }

    private static @Nullable String textOf(PayAction action) {
        return switch (action) {
            case PayAction.QrCode(var text) -> text;
            case PayAction.Redirect(var url) -> url.toString();
            case PayAction.InvokeBridge _ -> null;
        };
    }
}
