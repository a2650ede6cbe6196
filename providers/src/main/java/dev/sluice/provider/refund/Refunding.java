package dev.sluice.provider.refund;

import java.util.List;

import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.payment.ProviderResponse;

/// Has a provider return the money of a payment, or a part of it. A refund is known by its number: the same one, requested any number of times
/// with the same parameters, is one refund.
public interface Refunding {
    /// What the provider demands.
    RefundRules rules();

    /// Requests it. After an answer that does not end it, [#progress] decides; never another number.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    ProviderResponse<RefundResult> refund(RefundOrder order);

    /// Queries how far it is. Changes nothing at the provider.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    ProviderResponse<RefundProgress> progress(RefundOrder order);

    /// Queries which refunds a payment has, those in the provider's console included. Changes nothing at the provider.
    ///
    /// Blocks, for as long as the provider's time-outs allow, times the number of answers that the list needs, and no longer.
    ///
    /// @param named the numbers of refunds that notifications named. A provider that lists the refunds of a payment needs none; another lists
    ///              those of them that it knows
    ProviderResponse<RefundListing> list(TradeNumber tradeNumber, TransactionId transactionId, List<RefundNumber> named);
}
