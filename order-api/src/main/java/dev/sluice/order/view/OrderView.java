package dev.sluice.order.view;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.value.DisplayType;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.TransactionId;
import dev.sluice.order.OrderStatus;

/// An order as its owner sees it.
///
/// @param orderId          the trade number
/// @param paymentMethod    `wechat` or `alipay`
/// @param amount           what was asked for, in `quotaDisplayType`
/// @param price            yuan of a unit, before group and discount
/// @param money            yuan with two decimals
/// @param paidMoney        what was paid, in the payment's currency, once its confirmation is known
/// @param refundedMoney    what of the payment is with the payer again, as far as the log has it
/// @param quota            what it is to credit its owner; once credited, what it did credit: an operator who released a held payment
///                         may have given another quota, or have credited another user
/// @param quotaBefore      the owner's credited quota right before the order's credit; unknown when several payments were credited for it
/// @param quotaAfter       the same right after it
/// @param payUrl           the text of the QR code, or the address to open, as long as it may be paid
/// @param payAction        what the payer does, of which `payUrl` is the text
/// @param held             its payments that were held, oldest first
/// @param supportCode      what its owner gives to an operator
/// @param linkKey          opens the order's link for others, as long as the order may be paid
/// @param now              the server's time of this answer
public record OrderView(
        String orderId,
        String paymentMethod,
        long amount,
        DisplayType quotaDisplayType,
        long quotaPerUnit,
        BigDecimal price,
        String money,
        @Nullable String paidMoney,
        @Nullable String refundedMoney,
        long quota,
        @Nullable Long quotaBefore,
        @Nullable Long quotaAfter,
        OrderStatus status,
        @Nullable String payUrl,
        @Nullable PayAction payAction,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant paidAt,
        @Nullable Instant creditedAt,
        @Nullable TransactionId transactionId,
        boolean late,
        List<HeldPayment> held,
        String supportCode,
        @Nullable String linkKey,
        Instant now) {

    /// The payer's page shows it as a QR code, when that is what the payer scans.
    public Optional<String> qrCode() {
        return payAction instanceof PayAction.QrCode(var text) ? Optional.of(text) : Optional.empty();
    }

    static @Nullable String textOf(@Nullable PayAction action) {
        return switch (action) {
            case null -> null;
            case PayAction.QrCode(var text) -> text;
            case PayAction.Redirect(var url) -> url.toString();
            case PayAction.InvokeBridge _ -> null;
        };
    }
}
