package dev.sluice.provider.payment;

import dev.sluice.event.value.TradeNumber;

/// Queries a provider about a payment.
@FunctionalInterface
public interface PaymentQuery {
    /// Queries. Changes nothing at the provider, so it may be repeated as often as the provider permits.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    ProviderResponse<PaymentState> query(TradeNumber tradeNumber);
}
