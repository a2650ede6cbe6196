package dev.sluice.order.hold;

import java.time.Instant;
import java.util.Optional;

import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

/// A payment that is or was held.
///
/// @param refunded  what of it the provider had returned to the payer, as far as the log has it; after a decision: when it was held
/// @param heldAt    when it was held, by the log
/// @param decided   the decision about it, if any
public record Hold(
        TradeNumber tradeNumber,
        Provider provider,
        TransactionId transactionId,
        Money money,
        Money refunded,
        HoldReason reason,
        Instant heldAt,
        Optional<Decided> decided) {
    /// A decision about it.
    ///
    /// @param published whether the decision is in the log
    public record Decided(HoldResolved decision, boolean published) {}

    /// The decision about it, if any, in the log or not.
    public Optional<HoldResolved> decision() {
        return decided.map(Decided::decision);
    }

    /// What the merchant has of it.
    Money left() {
        return new Money(money.minorUnits() - refunded.minorUnits(), money.currency());
    }
}
