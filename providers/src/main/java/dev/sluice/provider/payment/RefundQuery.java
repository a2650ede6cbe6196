package dev.sluice.provider.payment;

import java.util.List;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;

/// Queries a provider about the refunds of a payment.
@FunctionalInterface
public interface RefundQuery {
    /// Queries. Changes nothing at the provider.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    ///
    /// @param paid    the payment's amount
    /// @param refunds the numbers of its refunds, as notifications named them; a provider that lists the refunds of an order needs none. The
    ///                notifications are genuine: an answer that does not know a refund is no information
    ProviderResponse<RefundState> query(TradeNumber tradeNumber, Money paid, List<String> refunds);
}
