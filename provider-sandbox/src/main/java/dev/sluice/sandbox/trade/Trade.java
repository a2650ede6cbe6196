package dev.sluice.sandbox.trade;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// A trade as the provider sees it, paid or not yet.
///
/// @param transactionId the provider's own number for it
/// @param payment absent until it is paid
/// @param closure absent unless it was closed
public record Trade(Offer offer, Instant createdAt, String transactionId, @Nullable Payment payment, @Nullable Closure closure) {

    /// Where it stands; a payment outweighs a closure.
    public TradeStatus status() {
        if (payment != null) {
            return TradeStatus.PAID;
        }
        return closure == null ? TradeStatus.UNPAID : TradeStatus.CLOSED;
    }

    /// Whether money has moved.
    public boolean paid() {
        return payment != null;
    }

    /// Names the notice about where it stands; empty if there is nothing to tell.
    public Optional<String> noticeId() {
        if (payment != null) {
            return Optional.of(payment.noticeId());
        }
        return closure == null ? Optional.empty() : Optional.ofNullable(closure.noticeId());
    }

    /// The same trade for another amount, for a provider that says something wrong.
    public Trade costing(long fen) {
        return new Trade(offer.costing(fen), createdAt, transactionId, payment, closure);
    }

    /// The same trade under another number of the provider.
    public Trade numbered(String otherTransactionId) {
        return new Trade(offer, createdAt, otherTransactionId, payment, closure);
    }

    Trade with(Payment made) {
        return new Trade(offer, createdAt, transactionId, made, closure);
    }

    Trade with(Closure made) {
        return new Trade(offer, createdAt, transactionId, payment, made);
    }
}
