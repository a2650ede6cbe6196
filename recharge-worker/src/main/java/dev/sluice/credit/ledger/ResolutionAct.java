package dev.sluice.credit.ledger;

import java.time.Instant;

import dev.sluice.credit.transfer.PaymentKey;
import dev.sluice.event.HoldResolved;

/// An operator's decision about a held payment, with its place in the log.
///
/// @param early    whether the payment had not come yet in its batch
/// @param refunded whether all of the order's payment was refunded earlier in the batch
record ResolutionAct(HoldResolved act, Instant at, boolean early, boolean refunded) {
    PaymentKey payment() {
        return new PaymentKey(act.provider(), act.transactionId(), act.tradeNumber());
    }
}
