package dev.sluice.provider.payment;

import dev.sluice.event.value.Money;

/// How much of a payment was refunded.
public sealed interface RefundState {
    /// Nothing: no refund succeeded, and none is under way.
    record None() implements RefundState {}

    /// All of it.
    record Whole() implements RefundState {}

    /// A part of it.
    record Partly(Money refunded) implements RefundState {}

    /// Unknown: no answer in time, an answer that the provider did not sign or that is not understood, or a refund that is under way.
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements RefundState {}

    /// The state after these refunds.
    ///
    /// @param fen that arrived at the payer, of all refunds together, in the payment's currency
    static RefundState after(long fen, Money paid) {
        if (fen <= 0) {
            return new None();
        }
        return fen >= paid.minorUnits() ? new Whole() : new Partly(new Money(fen, paid.currency()));
    }
}
