package dev.sluice.credit.ledger;

import java.time.Instant;

import dev.sluice.event.HoldResolved;

/// What a person decided about a held payment, with where the log says it.
///
/// @param early whether its batch had not told of the payment by then
record ResolutionAct(HoldResolved act, Instant at, boolean early) {
    PaymentKey payment() {
        return new PaymentKey(act.provider(), act.transactionId());
    }
}
