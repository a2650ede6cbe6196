package dev.sluice.credit.ledger;

import java.time.Instant;

import dev.sluice.event.HoldResolved;

/// An operator's decision about a held payment, with its place in the log.
///
/// @param early whether the payment had not come yet in its batch
record ResolutionAct(HoldResolved act, Instant at, boolean early) {
    PaymentKey payment() {
        return new PaymentKey(act.provider(), act.transactionId(), act.tradeNumber());
    }
}
