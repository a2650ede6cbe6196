package dev.sluice.credit.ledger;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TransactionId;

/// Identifies a payment: the provider and its transaction id.
record PaymentKey(Provider provider, TransactionId transactionId) {
    static PaymentKey of(PaymentConfirmed payment) {
        return new PaymentKey(payment.provider(), payment.transactionId());
    }

    /// The form in which transfers refer to it.
    String ref() {
        return provider + " " + transactionId;
    }
}
