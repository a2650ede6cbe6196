package dev.sluice.credit.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.LatePayment;

/// A payment with the facts before it in the log.
///
/// @param at           when it was appended
/// @param partition    of the log, where its outcome belongs
/// @param closedBefore how its order was closed earlier in the batch, or null when it was not
record PaymentArrival(PaymentConfirmed payment, Instant at, int partition, @Nullable LatePayment closedBefore) {
    PaymentKey key() {
        return PaymentKey.of(payment);
    }
}
