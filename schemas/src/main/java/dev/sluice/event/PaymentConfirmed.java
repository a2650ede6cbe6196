package dev.sluice.event;

import java.time.Instant;

import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

/// The provider confirmed, verifiably, that money arrived. Whether it matches the order is for the ledger to decide.
///
/// @param tradeNumber   the order that the provider names
/// @param provider      the provider that confirmed it
/// @param merchant      the account that received the money
/// @param transactionId the provider's number of the payment
/// @param money         what was paid: the order amount as the provider has it, not less coupons
/// @param paidAt        when, by the provider's clock
/// @param source        the source of the confirmation
/// @param evidence      the message that confirms it
public record PaymentConfirmed(
        TradeNumber tradeNumber,
        Provider provider,
        Merchant merchant,
        TransactionId transactionId,
        Money money,
        Instant paidAt,
        ConfirmationSource source,
        Evidence evidence) implements TopUpEvent {
    @Override
    public String naturalKey() {
        return provider + " " + transactionId;
    }
}
