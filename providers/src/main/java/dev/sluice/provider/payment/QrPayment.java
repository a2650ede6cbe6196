package dev.sluice.provider.payment;

/// Has a provider take an order that is paid by scanning a QR code.
@FunctionalInterface
public interface QrPayment {
    /// Requests a code. May be repeated for the same order with the same parameters: then two codes may exist, and only one of them
    /// can be paid.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    ProviderResponse<QrAnswer> create(QrOrder order);
}
