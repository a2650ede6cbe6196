package dev.sluice.provider.payment;

import dev.sluice.event.value.TradeNumber;

/// Asks a provider whether an order was paid.
@FunctionalInterface
public interface PaymentQuery {
    /// Asks. Changes nothing at the provider, so it may be asked as often as the provider bears.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    ProviderResponse<PaymentState> query(TradeNumber tradeNumber);
}
