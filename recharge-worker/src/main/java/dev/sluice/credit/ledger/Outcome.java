package dev.sluice.credit.ledger;

import dev.sluice.credit.refund.RefundOutcome;
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.UserId;

/// What the ledger decided just now. A payment or a decision that it has met before has no outcome any more.
public sealed interface Outcome {
    /// A payment became quota.
    ///
    /// @param late whether the order was closed before
    record Credited(PaymentConfirmed payment, UserId userId, Quota quota, boolean late) implements Outcome {}

    /// A payment is held: a person has to look.
    record Held(PaymentConfirmed payment, HoldReason reason) implements Outcome {}

    /// An operator's decision counts.
    record Resolved(HoldResolved decision) implements Outcome {}

    /// A refund was requested, reserved, refused or ended.
    record OfRefund(RefundOutcome refund) implements Outcome {}

    /// An operator's decision changes nothing: that payment is not held, or was decided about before, or is more than the account can take.
    record Ignored(HoldResolved decision) implements Outcome {}
}
