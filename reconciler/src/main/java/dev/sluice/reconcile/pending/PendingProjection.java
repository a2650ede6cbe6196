package dev.sluice.reconcile.pending;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.OrderWatched;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.Purchase;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.reconcile.refund.GenuineNotifications;
import dev.sluice.reconcile.unsettled.PaymentOutcome;
import dev.sluice.reconcile.unsettled.PollOutcomes;

/// The orders that money may still come for, as the log has them: a poll's records are folded order by order, between one statement that
/// locks the rows and two that write them.
@Component
public class PendingProjection {
    private final PendingOrders pending;
    private final GenuineNotifications genuine;
    private final Clock clock;

    public PendingProjection(PendingOrders pending, GenuineNotifications genuine, Clock clock) {
        this.pending = pending;
        this.genuine = genuine;
        this.clock = clock;
    }

    /// Applies a poll's records.
    ///
    /// @param outcomes what was known of the payments before these records
    public void apply(List<LogRecord> records, PollOutcomes outcomes) {
        Instant now = clock.instant();
        Set<TradeNumber> numbers = records.stream().flatMap(record -> number(record).stream()).collect(Collectors.toSet());
        Map<TradeNumber, PendingOrder> before = pending.lock(numbers, now);
        Map<TradeNumber, PendingOrder> after = new HashMap<>(before);
        for (LogRecord record : records) {
            number(record).ifPresent(number -> after.compute(number,
                    (_, order) -> next(number, Optional.ofNullable(order), record, outcomes, now).orElse(null)));
            if (record.content() instanceof DecodedRecord.Fact fact) {
                outcomes.read(fact.event());
            }
        }
        pending.delete(before.keySet().stream().filter(number -> !after.containsKey(number)).toList());
        pending.save(after.values().stream().filter(order -> !Objects.equals(order, before.get(order.tradeNumber()))).toList());
    }

    private Optional<TradeNumber> number(LogRecord record) {
        return switch (record.content()) {
            case DecodedRecord.Fact fact -> Optional.of(fact.event().tradeNumber());
            case DecodedRecord.Watched(var watched) -> Optional.of(watched.tradeNumber());
            case DecodedRecord.OfNotification(_, var notification) -> genuine.tradeNumber(notification);
            case DecodedRecord.OfAnswer _,DecodedRecord.OfBooks _,DecodedRecord.NotUnderstood _ -> Optional.empty();
        };
    }

    private static Optional<PendingOrder> next(TradeNumber number, Optional<PendingOrder> order, LogRecord record,
            PollOutcomes outcomes, Instant now) {
        return switch (record.content()) {
            case DecodedRecord.Fact fact -> next(number, order, fact, outcomes, now);
            case DecodedRecord.Watched(var watched) -> order.map(each -> watch(each, watched, now));
            // It confirms no payment, and may still be about money: a refund, or something that is not understood. The provider knows.
            case DecodedRecord.OfNotification(_, var notification) -> order.map(each -> each.check(wished(notification.receivedAt(), now)));
            case DecodedRecord.OfAnswer _,DecodedRecord.OfBooks _,DecodedRecord.NotUnderstood _ -> order;
        };
    }

    private static Optional<PendingOrder> next(TradeNumber number, Optional<PendingOrder> order, DecodedRecord.Fact fact,
            PollOutcomes outcomes, Instant now) {
        return switch (fact.event()) {
            case OrderCreated created -> order.or(() -> Optional.of(PendingOrder.expected(number,
                    new PendingOrder.Account(created.provider(), created.merchant()), Optional.of(user(created.purchase())),
                    created.createdAt(),
                    created.expiresAt(),
                    isPast(created.createdAt(), now) ? now.plus(Limits.WAIT_FOR_HISTORY) : InquirySchedule.first(created.createdAt()))));
            case PaymentConfirmed payment -> order.flatMap(each -> confirmed(each, payment, outcomes.of(payment)));
            // A payment that an operator released may be another account's: what this order's own provider has is still to be asked.
            case QuotaCredited credited -> order.filter(_ -> credited.released());
            case OrderClosed closed -> switch (closed.reason()) {
                case CANCELLED -> order.map(PendingOrder::cancelled);
                case EXPIRED, PROVIDER_REFUSED, PROVIDER_CLOSED, REFUNDED -> Optional.empty();
            };
            case CheckRequested check -> Optional.of(order.map(each -> each.checked(wished(fact.at(), now)))
                    // Also when there seemed to be nothing more to ask.
                    .orElseGet(() -> PendingOrder.expected(number, new PendingOrder.Account(check.provider(), check.merchant()),
                            Optional.empty(),
                            check.createdAt(), check.expiresAt(), wished(fact.at(), now))));
            case CancelRequested _ -> order.map(each -> each.cancel(wished(fact.at(), now)));
            case PaymentHeld held -> order.filter(_ -> PaymentOutcome.of(held) == PaymentOutcome.SETTLES_NOTHING)
                    .map(each -> held.reason() == HoldReason.TRANSACTION_REUSED ? each.wake(wished(fact.at(), now)) : each);
            case HoldResolved _,RefundEvent _ -> order;
        };
    }

    /// The money is known. What another provider or account received is no evidence about this one's. The row ends by the outcome: the
    /// transaction may turn out to be another order's. A payment that has had its one outcome waits for no other.
    private static Optional<PendingOrder> confirmed(PendingOrder order, PaymentConfirmed payment, PaymentOutcome outcome) {
        if (!order.account().equals(new PendingOrder.Account(payment.provider(), payment.merchant()))) {
            return Optional.of(order);
        }
        return switch (outcome) {
            case NONE -> Optional.of(order.awaitOutcome());
            case SETTLES_NOTHING -> Optional.of(order);
            // An operator has it checked once more, and this is the provider's answer.
            case SETTLES_ORDER -> payment.source() == ConfirmationSource.QUERY ? Optional.empty() : Optional.of(order);
        };
    }

    private static UserId user(Purchase purchase) {
        return switch (purchase) {
            case Purchase.TopUp(var user, var _, var _) -> user;
        };
    }

    /// A request is kept also from the past, for a view that was stopped when it was appended: its outcome follows further on in the log.
    private static Instant wished(Instant at, Instant now) {
        return isPast(at, now) ? now.plus(Limits.WAIT_FOR_HISTORY) : now;
    }

    private static boolean isPast(Instant at, Instant now) {
        return at.isBefore(now.minus(Limits.HISTORY));
    }

    /// A page that was open while this view was away is closed now; and none is open for ever, whatever its writer's clock.
    private static PendingOrder watch(PendingOrder order, OrderWatched watched, Instant now) {
        Instant latest = now.plus(Limits.WATCH_BELIEVED);
        return watched.until().isAfter(now)
                ? order.watch(now, watched.until().isBefore(latest) ? watched.until() : latest, InquirySchedule.firstWatched(now))
                : order;
    }
}
