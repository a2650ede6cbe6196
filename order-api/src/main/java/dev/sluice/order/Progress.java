package dev.sluice.order;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.TransactionId;

/// The part of an order that moves. A move that [OrderStatus#reachableFrom()] does not have is nothing.
///
/// @param payAction     what the payer is given, once the provider gave it
/// @param transactionId the payment
/// @param late          whether the payment came after the order was closed
/// @param creditedQuota quota that the order's owner was credited with for it so far
public record Progress(
        OrderStatus status,
        @Nullable PayAction payAction,
        @Nullable TransactionId transactionId,
        boolean late,
        @Nullable Instant paidAt,
        @Nullable Instant creditedAt,
        long creditedQuota) {

    static Progress placed() {
        return new Progress(OrderStatus.NEW, null, null, false, null, null, 0);
    }

    /// The provider confirmed money.
    public Optional<Progress> pay(TransactionId payment, Instant at) {
        return canBecome(OrderStatus.PAID)
                ? Optional.of(new Progress(OrderStatus.PAID, payAction, payment, late, at, creditedAt, creditedQuota))
                : Optional.empty();
    }

    /// A payment became quota. More payments of a credited order show its owner what they brought: the first one that brought the owner
    /// anything is the order's, and one that brought nothing moves nothing.
    ///
    /// @param payment the payment that was credited
    /// @param isLate  whether it came after the order was closed
    /// @param quota   what all payments so far brought the order's owner
    public Optional<Progress> credit(TransactionId payment, Instant at, boolean isLate, long quota) {
        if (canBecome(OrderStatus.CREDITED)) {
            // The time of another payment is not this one's.
            Instant paid = payment.equals(transactionId) ? paidAt : null;
            return Optional.of(new Progress(OrderStatus.CREDITED, payAction, payment, isLate, paid, at, quota));
        }
        if (status != OrderStatus.CREDITED || quota == creditedQuota) {
            return Optional.empty();
        }
        return Optional.of(creditedQuota == 0
                ? new Progress(status, payAction, payment, isLate, paidAt, at, quota)
                : new Progress(status, payAction, transactionId, late, paidAt, creditedAt, quota));
    }

    /// Money came that does not fit.
    public Optional<Progress> hold() {
        return move(OrderStatus.HELD);
    }

    /// The order ended without money.
    public Optional<Progress> close() {
        return move(OrderStatus.CLOSED);
    }

    private Optional<Progress> move(OrderStatus to) {
        return canBecome(to)
                ? Optional.of(new Progress(to, payAction, transactionId, late, paidAt, creditedAt, creditedQuota))
                : Optional.empty();
    }

    private boolean canBecome(OrderStatus to) {
        return to.reachableFrom().contains(status);
    }
}
