package dev.sluice.provider.refund;

/// How far a refund is.
public sealed interface RefundProgress {
    /// The money is with the payer, or on its way there for good.
    record Succeeded(RefundDetails refund) implements RefundProgress {}

    /// The money left the merchant and rests with the provider, because the payer's card or account does not take it (`CHANGE` of WeChat Pay).
    /// An operator directs it in the provider's console; it never returns by itself, and the state may become [Succeeded] later.
    record LeftAtProvider(RefundDetails refund) implements RefundProgress {}

    /// Under way.
    record Processing() implements RefundProgress {}

    /// It ended without a payment to the payer, and the money is back with the merchant (`REFUNDCLOSE` of WeChat Pay). The number is used up.
    record Closed() implements RefundProgress {}

    /// The provider does not know it: it was not received, it was refused, or it is not visible yet.
    record Absent() implements RefundProgress {}

    /// Unknown: no answer in time, an answer that the provider did not sign, or one that is not understood.
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements RefundProgress {}
}
