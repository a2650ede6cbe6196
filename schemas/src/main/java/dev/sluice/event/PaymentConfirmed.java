package dev.sluice.event;

import java.time.Instant;

import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.evidence.Evidenced;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.PaidAtBasis;
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
/// @param refunded      what of it the provider had returned to the payer when it confirmed the payment; usually nothing
/// @param paidAt        when
/// @param paidAtBasis   which time that is: the provider's of the payment, or one that stands for it
/// @param source        the source of the confirmation
/// @param evidence      the message that confirms it
public record PaymentConfirmed(
        TradeNumber tradeNumber,
        Provider provider,
        Merchant merchant,
        TransactionId transactionId,
        Money money,
        Money refunded,
        Instant paidAt,
        PaidAtBasis paidAtBasis,
        ConfirmationSource source,
        Evidence evidence) implements TopUpEvent, Evidenced {
    /// @throws IllegalArgumentException when more is refunded than was paid, or in another currency
    public PaymentConfirmed {
        if (!refunded.currency().equals(money.currency()) || refunded.minorUnits() > money.minorUnits()) {
            throw new IllegalArgumentException("only a part of a payment can be refunded");
        }
    }

    /// A payment whose time the provider named.
    public PaymentConfirmed(TradeNumber tradeNumber, Provider provider, Merchant merchant, TransactionId transactionId, Money money,
            Money refunded, Instant paidAt, ConfirmationSource source, Evidence evidence) {
        this(tradeNumber, provider, merchant, transactionId, money, refunded, paidAt, PaidAtBasis.PAYMENT, source, evidence);
    }

    /// A payment whose time the provider named, and of which nothing was refunded.
    public PaymentConfirmed(TradeNumber tradeNumber, Provider provider, Merchant merchant, TransactionId transactionId, Money money,
            Instant paidAt, ConfirmationSource source, Evidence evidence) {
        this(tradeNumber, provider, merchant, transactionId, money, new Money(0, money.currency()), paidAt, source, evidence);
    }

    @Override
    public String naturalKey() {
        return provider + " " + transactionId;
    }
}
