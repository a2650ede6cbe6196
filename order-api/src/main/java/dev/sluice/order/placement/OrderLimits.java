package dev.sluice.order.placement;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import dev.sluice.edge.answer.AnswerCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.value.Money;
import dev.sluice.order.OrderTransitions;
import dev.sluice.order.Orders;
import dev.sluice.order.Orders.Placed;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.provider.wire.BeijingTime;

/// How many orders one user may place, how many of them may wait for money, and for how much money a day; none while the log lacks room.
/// Orders of one user are counted and inserted one after the other, so that the counts are exact whichever instances take them.
@Component
class OrderLimits {
    private final Orders orders;
    private final OrderTransitions moves;
    private final Room room;

    OrderLimits(Orders orders, OrderTransitions moves, Room room) {
        this.orders = orders;
        this.moves = moves;
        this.room = room;
    }

    /// Inserts a new order, or returns the refusal.
    ///
    /// @param dailyLimit what one user may order on one day in Beijing, if there is a limit
    /// @throws DuplicateKeyException when the user has used the idempotency key before
    @Transactional
    Optional<Refusal> insertWithin(TopUpOrder order, Optional<Money> dailyLimit) {
        moves.lockUser(order.userId());
        if (orders.findByUserIdAndIdempotencyKey(order.userId(), order.origin().idempotencyKey()).isPresent()) {
            throw new DuplicateKeyException("idempotency key");
        }
        Optional<Refusal> refusal = noRoom().or(() -> tooMany(order)).or(() -> tooManyUnpaid(order)).or(() -> tooMuchQuota(order))
                .or(() -> dailyLimit.flatMap(limit -> tooMuchToday(order, limit)));
        if (refusal.isEmpty()) {
            moves.insert(order);
        }
        return refusal;
    }

    /// What is left is for the payments of orders that exist.
    private Optional<Refusal> noRoom() {
        return room.isShort() ? Optional.of(Refusal.later(OrderCode.ORDERS_PAUSED, Limits.RETRY_AFTER_PAUSE)) : Optional.empty();
    }

    private Optional<Refusal> tooMany(TopUpOrder order) {
        Instant now = order.createdAt();
        List<Placed> ofTheDay = orders.placedSince(order.userId(), now.minus(Duration.ofDays(1)));
        List<Instant> recent = ofTheDay.stream().map(Placed::at).filter(at -> at.isAfter(now.minus(Limits.ORDER_WINDOW))).toList();
        List<Instant> unpaid = ofTheDay.stream().filter(Placed::unpaid).map(Placed::at).toList();
        return tooMany(OrderCode.TOO_MANY_ORDERS, recent, Limits.ORDERS_PER_WINDOW, Limits.ORDER_WINDOW, now)
                .or(() -> tooMany(OrderCode.TOO_MANY_UNPAID, unpaid, Limits.UNPAID_PER_DAY, Duration.ofDays(1), now));
    }

    private static Optional<Refusal> tooMany(AnswerCode code, List<Instant> placed, int most, Duration within, Instant now) {
        if (placed.size() < most) {
            return Optional.empty();
        }
        Instant free = placed.get(placed.size() - most).plus(within);
        return Optional.of(Refusal.later(code, Duration.between(now, free)));
    }

    private Optional<Refusal> tooManyUnpaid(TopUpOrder order) {
        Instant now = order.createdAt();
        List<Instant> unpaid = orders.unpaidUntil(order.userId(), now, now.minus(Limits.ATTEMPT_WITHIN), now.minus(Limits.LONGEST_LIFE));
        if (unpaid.size() < Limits.UNPAID_ORDERS) {
            return Optional.empty();
        }
        return Optional.of(Refusal.later(OrderCode.TOO_MANY_UNPAID, Duration.between(now, unpaid.getFirst())));
    }

    /// An account holds no more than a `long`: a payment that would bring more could not be credited.
    private Optional<Refusal> tooMuchQuota(TopUpOrder order) {
        BigDecimal after = orders.quotaInSight(order.userId()).add(BigDecimal.valueOf(order.quota()));
        return after.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.of(Refusal.of(OrderCode.AMOUNT_TOO_LARGE))
                : Optional.empty();
    }

    private Optional<Refusal> tooMuchToday(TopUpOrder order, Money limit) {
        BeijingTime.Day today = BeijingTime.dayOf(order.createdAt());
        long left = limit.minorUnits() - orders.fenOrdered(order.userId(), today.start(), today.end());
        if (order.money().minorUnits() <= left) {
            return Optional.empty();
        }
        // After the limit was lowered less than nothing may be left.
        return Optional.of(Refusal.later(OrderCode.TOO_MUCH_TODAY, Duration.between(order.createdAt(), today.end()), limit.decimal(),
                Money.ofFen(Math.max(0, left)).decimal()));
    }
}
