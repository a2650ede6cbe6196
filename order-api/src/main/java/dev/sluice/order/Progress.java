package dev.sluice.order;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.TransactionId;

/// The part of an order that moves. A move that [OrderStatus#reachableFrom()] does not have is nothing.
///
/// @param payAction     what the payer is given, once the provider gave it
/// @param payment       the payment, once there is one
/// @param late          whether the payment came after the order was closed
/// @param creditedQuota quota that the order's owner was credited with for it so far
/// @param balance       the owner's quota right after the order's one credit; unknown when payments of it were credited to others, or
///                      several were credited
public record Progress(
        OrderStatus status,
        @Nullable PayAction payAction,
        @Nullable Payment payment,
        boolean late,
        @Nullable Instant creditedAt,
        long creditedQuota,
        @Nullable Long balance) {

    /// A payment of an order.
    ///
    /// @param money what was paid, if its confirmation is known
    /// @param at    when, likewise
    public record Payment(TransactionId transactionId, @Nullable Money money, @Nullable Instant at) {}

    static Progress placed() {
        return new Progress(OrderStatus.NEW, null, null, false, null, 0, null);
    }

    /// The provider confirmed money.
    public Optional<Progress> pay(TransactionId transactionId, Money money, Instant at) {
        return canBecome(OrderStatus.PAID)
                ? Optional.of(new Progress(OrderStatus.PAID, payAction, new Payment(transactionId, money, at), late, creditedAt,
                        creditedQuota, balance))
                : Optional.empty();
    }

    /// A payment became quota. More payments of a credited order show its owner what they brought: the first one that brought the owner
    /// anything is the order's, and one that brought nothing moves nothing.
    ///
    /// @param transactionId the payment that was credited
    /// @param isLate        whether it came after the order was closed
    /// @param quota         what all payments so far brought the order's owner
    /// @param after         the owner's quota after it
    public Optional<Progress> credit(TransactionId transactionId, Instant at, boolean isLate, long quota, long after) {
        Long balanceAfter = creditedQuota == 0 && quota > 0 ? after : null;
        // The money and time of another payment are not this one's.
        Payment credited = payment != null && payment.transactionId().equals(transactionId)
                ? payment
                : new Payment(transactionId, null, null);
        boolean isFirst = creditedAt == null;
        if (canBecome(OrderStatus.CREDITED) && isFirst) {
            return Optional.of(new Progress(OrderStatus.CREDITED, payAction, credited, isLate, at, quota, balanceAfter));
        }
        if (isFirst || quota == creditedQuota) {
            return Optional.empty();
        }
        return Optional.of(creditedQuota == 0
                ? new Progress(status, payAction, another(transactionId), isLate, at, quota, balanceAfter)
                : new Progress(status, payAction, payment, late, creditedAt, quota, balanceAfter));
    }

    /// The time of the order's first payment stays.
    private Payment another(TransactionId transactionId) {
        return new Payment(transactionId, null, paidAt());
    }

    /// The provider's number of the payment.
    public @Nullable TransactionId transactionId() {
        return payment == null ? null : payment.transactionId();
    }

    /// What was paid, if that is known.
    public @Nullable Money paidMoney() {
        return payment == null ? null : payment.money();
    }

    /// When it was paid, if that is known.
    public @Nullable Instant paidAt() {
        return payment == null ? null : payment.at();
    }

    /// Money came that does not fit.
    public Optional<Progress> hold() {
        return status.isRefund() ? Optional.empty() : move(OrderStatus.HELD);
    }

    /// A refund of its payment was begun or ended.
    ///
    /// @param to by the refunds of the payment
    public Optional<Progress> refund(OrderStatus to) {
        return move(to);
    }

    /// The state when nothing of the payment is refunded.
    public OrderStatus withoutRefunds() {
        return status.isRefund() ? creditedAt == null ? OrderStatus.HELD : OrderStatus.CREDITED : status;
    }

    /// The order ended without money.
    public Optional<Progress> close() {
        return move(OrderStatus.CLOSED);
    }

    private Optional<Progress> move(OrderStatus to) {
        return canBecome(to)
                ? Optional.of(new Progress(to, payAction, payment, late, creditedAt, creditedQuota, balance))
                : Optional.empty();
    }

    private boolean canBecome(OrderStatus to) {
        return to.reachableFrom().contains(status);
    }
}
