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
/// @param refunded      what of it the provider had returned to the payer when it was held; usually nothing
/// @param reason        why it was not credited
public record PaymentHeld(
        TradeNumber tradeNumber,
        Provider provider,
        TransactionId transactionId,
        Money money,
        Money refunded,
        HoldReason reason) implements TopUpEvent {
    /// @throws IllegalArgumentException when more is refunded than was paid, or in another currency
    public PaymentHeld {
        if (!refunded.currency().equals(money.currency()) || refunded.minorUnits() > money.minorUnits()) {
            throw new IllegalArgumentException("only a part of a payment can be refunded");
        }
    }

    /// A payment of which nothing was refunded.
    public PaymentHeld(TradeNumber tradeNumber, Provider provider, TransactionId transactionId, Money money, HoldReason reason) {
        this(tradeNumber, provider, transactionId, money, new Money(0, money.currency()), reason);
    }

    @Override
    public String naturalKey() {
        return provider + " " + transactionId;
    }
}
