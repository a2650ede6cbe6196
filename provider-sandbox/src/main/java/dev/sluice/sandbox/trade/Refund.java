package dev.sluice.sandbox.trade;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// A refund of a trade.
///
/// @param number the merchant's, or the provider's own of one that was made in its console
/// @param id the provider's own number for it
/// @param fen what is refunded of the payment
/// @param reason what the payer reads
/// @param requestedAt when it was accepted: bills file WeChat Pay's refunds under it
/// @param endedAt when its state was reached, absent while it is processed: bills file Alipay's refunds under it
public record Refund(
        String number,
        String id,
        long fen,
        String reason,
        Source source,
        Instant requestedAt,
        State state,
        @Nullable Instant endedAt) {

    /// Whether its amount counts as refunded.
    public boolean counts() {
        return state != State.REFUNDCLOSE;
    }

    Refund with(State next, Instant at) {
        return new Refund(number, id, fen, reason, source, requestedAt, next, at);
    }

    /// Where it was made.
    public enum Source {
        API,
        /// In the provider's own console.
        VENDOR_PLATFORM
    }

    /// By WeChat Pay's names. Alipay's refunds are processed or have succeeded.
    public enum State {
        PROCESSING,
        SUCCESS,
        /// The payer's card is gone: the money left the merchant and rests with the provider.
        CHANGE,
        /// The merchant's account had too little money for too long: nothing reached the payer.
        REFUNDCLOSE
    }
}
