package dev.sluice.sandbox.trade;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// A trade as the provider sees it, paid or not yet.
///
/// @param transactionId the provider's own number for it
/// @param payment absent until it is paid
public record Trade(Offer offer, Instant createdAt, String transactionId, @Nullable Payment payment) {

    /// Whether money has moved.
    public boolean paid() {
        return payment != null;
    }

    Trade with(Payment made) {
        return new Trade(offer, createdAt, transactionId, made);
    }
}
