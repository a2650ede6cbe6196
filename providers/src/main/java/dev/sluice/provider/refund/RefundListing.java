package dev.sluice.provider.refund;

import java.util.List;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.RefundNumber;

/// The refunds of a payment, as the provider knows them.
public sealed interface RefundListing {
    /// All of them, or of a provider that has no list, those that were named and that it knows.
    record Listed(List<Refund> refunds) implements RefundListing {
        public Listed {
            refunds = List.copyOf(refunds);
        }
    }

    /// Unknown: no answer in time, an answer that the provider did not sign, or one that is not understood.
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements RefundListing {}

    /// One of them.
    ///
    /// @param money what was requested
    record Refund(RefundNumber number, Money money, RefundProgress progress) {}
}
