package dev.sluice.event;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

/// Money arrived and was not credited; an operator has to decide. One for each held payment.
///
/// @param tradeNumber   the order that the provider named
/// @param provider      who has the money
/// @param transactionId the provider's number of the payment
/// @param money         what was paid
/// @param reason        why it was not credited
public record PaymentHeld(
        TradeNumber tradeNumber,
        Provider provider,
        TransactionId transactionId,
        Money money,
        HoldReason reason) implements TopUpEvent {
    @Override
    public String naturalKey() {
        return provider + " " + transactionId;
    }
}
