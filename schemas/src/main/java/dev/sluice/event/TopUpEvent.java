package dev.sluice.event;

import dev.sluice.event.value.TradeNumber;

/// A fact about one order. All facts about one order are in one partition of `sluice.events`, in order.
///
/// A fact may be appended more than once; the id of its record is made of [#tradeNumber()], its type and [#naturalKey()],
/// so that a fact told twice is recognisably one fact.
public sealed interface TopUpEvent permits OrderCreated, PaymentConfirmed, QuotaCredited, PaymentHeld, OrderClosed,
        CheckRequested, HoldResolved, CancelRequested {
    /// Whose order the fact is about.
    TradeNumber tradeNumber();

    /// What tells this fact from others of its type about the same order; empty when there is only one.
    String naturalKey();
}
