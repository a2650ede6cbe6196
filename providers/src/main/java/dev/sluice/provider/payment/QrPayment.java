package dev.sluice.provider.payment;

/// Has a provider take an order that is paid by scanning a QR code.
@FunctionalInterface
public interface QrPayment {
    /// Asks the provider for a code. May be asked twice for the same order, with the same words: then there may be two codes,
    /// and only one of them can be paid.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    QrAnswer create(QrOrder order);
}
