package dev.sluice.credit.ledger;

import java.util.Optional;

import dev.sluice.event.HoldResolved;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.TopUpEvent;

/// What became of a payment, or of a decision about one.
public sealed interface Outcome {
    /// The fact to tell, when there is one.
    Optional<TopUpEvent> event();

    /// A payment was credited or held.
    ///
    /// @param payment as it was told, the first time in its batch
    /// @param fact    the fact to tell: a `QuotaCredited` or a `PaymentHeld`
    /// @param fresh   whether it was decided just now; otherwise it is told once more
    record OfPayment(PaymentConfirmed payment, TopUpEvent fact, boolean fresh) implements Outcome {
        @Override
        public Optional<TopUpEvent> event() {
            return Optional.of(fact);
        }
    }

    /// A decision counts.
    ///
    /// @param credited the fact to tell, or nothing when the money is to be given back
    /// @param fresh    whether it was booked just now; otherwise it is told once more
    record OfDecision(HoldResolved decision, Optional<QuotaCredited> credited, boolean fresh) implements Outcome {
        @Override
        public Optional<TopUpEvent> event() {
            return credited.map(TopUpEvent.class::cast);
        }
    }

    /// A decision changes nothing: that payment is not held, or was decided about before.
    record Ignored(HoldResolved decision) implements Outcome {
        @Override
        public Optional<TopUpEvent> event() {
            return Optional.empty();
        }
    }
}
