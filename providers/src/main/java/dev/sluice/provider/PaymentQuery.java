package dev.sluice.provider;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;

/// Asks a provider whether an order was paid.
public interface PaymentQuery extends AutoCloseable {
    /// The provider behind it.
    Provider provider();

    /// The account that is asked about. Orders of another account cannot be asked for.
    Merchant merchant();

    /// Asks. Changes nothing at the provider, so it may be asked as often as the provider bears.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    ProviderResponse<PaymentState> query(TradeNumber tradeNumber);

    @Override
    void close();
}
