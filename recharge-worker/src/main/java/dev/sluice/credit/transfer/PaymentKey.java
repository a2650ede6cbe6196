package dev.sluice.credit.transfer;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

/// Identifies a payment: the provider, its transaction id, and the order that the provider named with it.
public record PaymentKey(Provider provider, TransactionId transactionId, TradeNumber tradeNumber) {
    public static PaymentKey of(PaymentConfirmed payment) {
        return new PaymentKey(payment.provider(), payment.transactionId(), payment.tradeNumber());
    }

    /// The form in which transfers of its order refer to it.
    public String ref() {
        return provider + " " + transactionId;
    }
}
