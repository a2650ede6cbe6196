package dev.sluice.event;

import dev.sluice.event.value.TradeNumber;

/// A fact about one order. All facts about one order are in one partition of `sluice.events`, in order.
///
/// A fact may be appended more than once. The id of its record derives from [#tradeNumber()], its type and [#naturalKey()], so a fact
/// that is appended twice is recognisable as one fact.
public sealed interface TopUpEvent permits OrderCreated, PaymentConfirmed, QuotaCredited, PaymentHeld, OrderClosed,
        CheckRequested, HoldResolved, CancelRequested, RefundEvent {
    /// The order that the fact is about.
    TradeNumber tradeNumber();

    /// What distinguishes this fact from others of its type about the same order; empty when only one can exist.
    String naturalKey();
}
