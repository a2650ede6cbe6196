package dev.sluice.reconcile.refund;

import java.time.Instant;
import java.util.Optional;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.provider.refund.RefundOrder;

/// A refund that the ledger reserved and that its provider has not ended.
///
/// @param order    every parameter of the provider's call, as the fact has them
/// @param left     whether the money rests with the provider
/// @param calledAt when the last request was about to be sent; empty: none ever was
/// @param refusal  the answer to that request
/// @param absence  the answers since that request that the provider does not know it
/// @param attempts answers in a row that did not end it
record PendingRefund(
        RefundOrder order,
        Provider provider,
        Merchant merchant,
        boolean left,
        Optional<Instant> calledAt,
        Refusal refusal,
        Absence absence,
        int attempts) {
    /// How a request was refused.
    enum Kind {
        /// It was not refused, as far as known.
        NONE,
        /// The merchant's balance is too small, or requests came too fast.
        FOR_NOW,
        /// For good, unless an earlier request succeeded.
        REFUSED,
        /// Our account is set up wrongly.
        SET_UP
    }

    /// The answer to the last request.
    ///
    /// @param code the provider's
    /// @param body as received
    // Never compared, and the body is plain bytes.
    @SuppressWarnings("ArrayRecordComponent")
    record Refusal(Kind kind, String code, byte[] body) {
        static final Refusal NONE = new Refusal(Kind.NONE, "", new byte[0]);
    }

    /// Answers in a row that the provider does not know the refund.
    ///
    /// @param since when the first of them came
    record Absence(int answers, Optional<Instant> since) {
        static final Absence NONE = new Absence(0, Optional.empty());

        Absence again(Instant now) {
            return new Absence(answers + 1, Optional.of(since.orElse(now)));
        }
    }
}
