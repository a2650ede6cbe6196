package dev.sluice.provider;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;

/// Makes QR codes to be paid.
public interface QrPayment {
    /// The provider behind it.
    Provider provider();

    /// The account that will receive the money.
    Merchant merchant();

    /// Asks the provider for a code. May be asked twice for the same order, with the same words: then there may be two codes,
    /// and only one of them can be paid.
    ///
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    QrAnswer create(QrOrder order);
}
