package dev.sluice.event;

import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

/// An operator's decision about held money. The first decision about a payment in the log counts; a later one changes nothing. A release of an
/// order's own payment counts for nothing when [OrderClosed] with `REFUNDED` stands before it.
///
/// @param tradeNumber   the order that the provider named
/// @param provider      who has the money
/// @param transactionId the provider's number of the payment
/// @param resolution    what was decided
/// @param actor         the operator's user id
/// @param reason        the operator's reason
/// @param key           distinguishes this action from others about the order; a repeated request has the same
public record HoldResolved(
        TradeNumber tradeNumber,
        Provider provider,
        TransactionId transactionId,
        Resolution resolution,
        UserId actor,
        String reason,
        String key) implements TopUpEvent {
    /// Not the payment's number: two decisions about one payment are two facts, whichever of them counts.
    @Override
    public String naturalKey() {
        return key;
    }
}
