package dev.sluice.provider.payment;

import java.time.Duration;

import dev.sluice.event.value.TradeNumber;

/// Has a provider take no money for an order any more. It never gives money back.
public interface OrderClosing {
    /// How old an order must be before the provider closes it.
    Duration minimumOrderAge();

    /// How long after its time an order may still be paid though the provider does not know it: as long as a code lives that was made
    /// at the last moment and that nobody has scanned. Zero where the provider knows every order that has a code.
    Duration codeLifetimeAfterExpiry();

    /// Asks for it. May be asked twice.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    ProviderResponse<CloseResult> close(TradeNumber tradeNumber);
}
