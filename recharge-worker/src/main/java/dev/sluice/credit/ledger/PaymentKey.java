package dev.sluice.credit.ledger;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TransactionId;

/// What makes a payment this payment: the provider's own number of it.
record PaymentKey(Provider provider, TransactionId transactionId) {
    static PaymentKey of(PaymentConfirmed payment) {
        return new PaymentKey(payment.provider(), payment.transactionId());
    }

    /// As transfers refer to it.
    String ref() {
        return provider + " " + transactionId;
    }
}
