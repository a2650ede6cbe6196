package dev.sluice.provider.payment;

import java.time.Duration;

import dev.sluice.event.value.TradeNumber;

/// Closes an order at its provider. It never refunds.
public interface OrderClosing {
    /// How old an order must be before the provider closes it.
    Duration minimumOrderAge();

    /// How long after its expiry an order that the provider does not know may still be paid: as long as an unscanned code lives that was
    /// created at the last moment. Zero where the provider knows every order that has a code.
    Duration codeLifetimeAfterExpiry();

    /// Requests the closing. May be repeated.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    ProviderResponse<CloseResult> close(TradeNumber tradeNumber);
}
