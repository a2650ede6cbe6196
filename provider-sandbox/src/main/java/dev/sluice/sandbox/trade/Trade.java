package dev.sluice.sandbox.trade;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// A trade as the provider sees it.
///
/// @param transactionId the provider's own number for it
/// @param payment absent until it is paid
/// @param closure absent unless it was closed
/// @param refunds of its payment, oldest first
public record Trade(
        TradeTerms terms,
        Instant createdAt,
        String transactionId,
        @Nullable Payment payment,
        @Nullable Closure closure,
        List<Refund> refunds) {

    public Trade {
        refunds = List.copyOf(refunds);
    }

    /// One without refunds.
    public Trade(TradeTerms terms, Instant createdAt, String transactionId, @Nullable Payment payment, @Nullable Closure closure) {
        this(terms, createdAt, transactionId, payment, closure, List.of());
    }

    public TradeKey key() {
        return terms.key();
    }

    /// The merchant's number for it.
    public String number() {
        return terms.key().number();
    }

    /// A payment outweighs a closure.
    public Status status() {
        if (payment != null) {
            return Status.PAID;
        }
        return closure == null ? Status.UNPAID : Status.CLOSED;
    }

    public boolean paid() {
        return payment != null;
    }

    /// The refund of a number.
    public Optional<Refund> refund(String number) {
        return refunds.stream().filter(refund -> refund.number().equals(number)).findFirst();
    }

    /// The one that was requested last.
    public Optional<Refund> lastRefund() {
        return refunds.isEmpty() ? Optional.empty() : Optional.of(refunds.getLast());
    }

    /// The sum of the refunds that are made or under way.
    public long refundedFen() {
        return refunds.stream().filter(Refund::counts).mapToLong(Refund::fen).sum();
    }

    /// Whether nothing of the payment is left.
    public boolean isRefundedWhole() {
        return paid() && refundedFen() == terms.fen();
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
        return new Trade(terms.withFen(fen), createdAt, transactionId, payment, closure, refunds);
    }

    /// The same trade under another number of the provider.
    public Trade withTransactionId(String otherTransactionId) {
        return new Trade(terms, createdAt, otherTransactionId, payment, closure, refunds);
    }

    /// Another transaction of the same number.
    Trade withoutRefunds(String otherTransactionId) {
        return new Trade(terms, createdAt, otherTransactionId, payment, closure);
    }

    Trade with(Payment made) {
        return new Trade(terms, createdAt, transactionId, made, closure, refunds);
    }

    Trade with(Closure made) {
        return new Trade(terms, createdAt, transactionId, payment, made, refunds);
    }

    /// With a new refund, or with another state of one.
    Trade with(Refund refund) {
        List<Refund> next = new ArrayList<>(refunds);
        next.removeIf(each -> each.number().equals(refund.number()));
        refund(refund.number()).map(refunds::indexOf).ifPresentOrElse(index -> next.add(index, refund), () -> next.add(refund));
        return new Trade(terms, createdAt, transactionId, payment, closure, next);
    }

    /// When it was paid.
    ///
    /// @param notificationId the same in each delivery of the notification about it
    public record Payment(Instant at, String notificationId) {}

    /// When it was closed, unpaid.
    ///
    /// @param notificationId the same in each delivery of the notification about it; absent if the merchant is not notified
    /// @param payable whether a wallet that has the code open can pay all the same
    public record Closure(Instant at, @Nullable String notificationId, boolean payable) {}

    public enum Status {
        UNPAID,
        /// Perhaps after a closure that left it payable.
        PAID,
        /// Without a payment.
        CLOSED
    }
}
