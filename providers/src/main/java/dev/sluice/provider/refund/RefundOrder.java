package dev.sluice.provider.refund;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

/// What a provider needs to refund. A retry needs exactly the same: a number with another amount is refused.
///
/// @param tradeNumber   the order that the provider names
/// @param number        of the refund
/// @param transactionId the payment
/// @param paid          the payment's amount
/// @param refund        what is returned of it
/// @param reason        what the payer reads; shortened and cleaned as the provider needs it
public record RefundOrder(
        TradeNumber tradeNumber,
        RefundNumber number,
        TransactionId transactionId,
        Money paid,
        Money refund,
        String reason) {
    /// @throws IllegalArgumentException when nothing is refunded, more than was paid, or in another currency
    public RefundOrder {
        if (refund.minorUnits() == 0 || refund.minorUnits() > paid.minorUnits() || !refund.currency().equals(paid.currency())) {
            throw new IllegalArgumentException("only a part of a payment can be refunded");
        }
    }
}
