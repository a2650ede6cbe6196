package dev.sluice.sandbox.trade;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// A trade as the provider sees it.
///
/// @param transactionId the provider's own number for it
/// @param payment absent until it is paid
/// @param closure absent unless it was closed
public record Trade(TradeTerms terms, Instant createdAt, String transactionId, @Nullable Payment payment, @Nullable TradeClosure closure) {

    public TradeKey key() {
        return terms.key();
    }

    /// The merchant's number for it.
    public String number() {
        return terms.key().number();
    }

    /// A payment outweighs a closure.
    public TradeStatus status() {
        if (payment != null) {
            return TradeStatus.PAID;
        }
        return closure == null ? TradeStatus.UNPAID : TradeStatus.CLOSED;
    }

    public boolean paid() {
        return payment != null;
    }

    /// When its present status began.
    Instant since() {
        if (payment != null) {
            return payment.at();
        }
        return closure == null ? createdAt : closure.at();
    }

    /// The id of the notification about its present status; empty if the provider sends none.
    public Optional<String> notificationId() {
        if (payment != null) {
            return Optional.of(payment.notificationId());
        }
        return closure == null ? Optional.empty() : Optional.ofNullable(closure.notificationId());
    }

    /// The same trade for another amount, for a provider that reports a wrong one.
    public Trade withFen(long fen) {
        return new Trade(terms.withFen(fen), createdAt, transactionId, payment, closure);
    }

    /// The same trade under another number of the provider.
    public Trade withTransactionId(String otherTransactionId) {
        return new Trade(terms, createdAt, otherTransactionId, payment, closure);
    }

    Trade with(Payment made) {
        return new Trade(terms, createdAt, transactionId, made, closure);
    }

    Trade with(TradeClosure made) {
        return new Trade(terms, createdAt, transactionId, payment, made);
    }
}
