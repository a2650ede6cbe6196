package dev.sluice.order.refund;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.Arrival;
import dev.sluice.event.RefundEvent.FoundRefundResolved;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.RefundEvent.QuotaReturned;
import dev.sluice.event.RefundEvent.QuotaTaken;
import dev.sluice.event.RefundEvent.RefundApproved;
import dev.sluice.event.RefundEvent.RefundDeclined;
import dev.sluice.event.RefundEvent.RefundFailed;
import dev.sluice.event.RefundEvent.RefundFound;
import dev.sluice.event.RefundEvent.RefundRefused;
import dev.sluice.event.RefundEvent.RefundRequested;
import dev.sluice.event.RefundEvent.RefundReserved;
import dev.sluice.event.RefundEvent.RefundSucceeded;
import dev.sluice.event.RefundEvent.Reservation;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.refund.OrderRefund.Act;
import dev.sluice.order.refund.OrderRefund.Share;
import dev.sluice.order.refund.OrderRefund.State;

/// The refunds of one order while a poll's facts are applied to them, in the order of the log. A fact that comes again changes nothing.
public final class RefundFold {
    private final Map<RefundNumber, OrderRefund> refunds = new LinkedHashMap<>();
    private final Map<RefundNumber, OrderRefund> changed = new LinkedHashMap<>();
    private final List<Share> taken = new ArrayList<>();
    private final List<Share> returned = new ArrayList<>();

    RefundFold(Collection<OrderRefund> known) {
        known.forEach(refund -> refunds.put(refund.key().refundNumber(), refund));
    }

    /// The next fact about a refund of the order.
    public void apply(RefundEvent event, Instant at) {
        OrderRefund known = refunds.get(event.refundNumber());
        OrderRefund next = known == null ? first(event, at) : next(known, event, at);
        if (next != null) {
            refunds.put(event.refundNumber(), next);
            changed.put(event.refundNumber(), next);
        }
    }

    private static @Nullable OrderRefund first(RefundEvent event, Instant at) {
        var key = new OrderRefund.Key(event.tradeNumber(), event.refundNumber());
        return switch (event) {
            case RefundRequested request -> new OrderRefund(key, request.payment(), request.money(),
                    new State(RefundStatus.REQUESTED, "", at),
                    null, new OrderRefund.Request(request.funds(), request.needsApproval(), new Act(request.actor(), request.reason(), at)),
                    null);
            case RefundFound found ->
                new OrderRefund(key, found.payment(), found.money(), new State(RefundStatus.FOUND, "", at), null, null, null);
            // What is only known by an outcome was requested before the log that is left begins.
            case RefundApproved _,RefundDeclined _,RefundReserved _,RefundRefused _,RefundSucceeded _,RefundFailed _,QuotaTaken _,QuotaReturned _,FoundRefundResolved _ ->
                null;
        };
    }

    private @Nullable OrderRefund next(OrderRefund known, RefundEvent event, Instant at) {
        RefundStatus status = known.status();
        return switch (event) {
            case RefundReserved reserved when status == RefundStatus.REQUESTED -> reserve(known, reserved, at);
            case RefundRefused refused when status == RefundStatus.REQUESTED ->
                known.to(RefundStatus.REFUSED, refused.reason().name(), at);
            case RefundApproved act when status == RefundStatus.WAITING ->
                known.decided(RefundStatus.UNDER_WAY, new Act(act.actor(), act.reason(), at));
            case RefundDeclined act when status == RefundStatus.WAITING ->
                known.decided(RefundStatus.DECLINED, new Act(act.actor(), act.reason(), at));
            case RefundSucceeded success when status.isOpen() || status == RefundStatus.AT_PROVIDER ->
                known.to(success.arrival() == Arrival.PAYER ? RefundStatus.REFUNDED : RefundStatus.AT_PROVIDER, at);
            case RefundFailed failure when status == RefundStatus.UNDER_WAY -> known.to(RefundStatus.FAILED, failure.code(), at);
            // The money is with the payer, whatever was thought of it.
            case RefundSucceeded _,RefundFound _ when !status.isMoney() -> known.to(RefundStatus.FOUND, at).with(null);
            case FoundRefundResolved act when status == RefundStatus.FOUND ->
                known.decided(RefundStatus.QUOTA_KEPT, new Act(act.actor(), act.reason(), at));
            case QuotaTaken quota when status == RefundStatus.QUOTA_KEPT -> take(known, new Share(quota.userId(), quota.quota()), at);
            case QuotaReturned quota when known.share() != null && !status.isMoney() -> giveBack(known, quota);
            case RefundRequested _,RefundApproved _,RefundDeclined _,RefundReserved _,RefundRefused _,RefundSucceeded _,RefundFailed _,RefundFound _,FoundRefundResolved _,QuotaTaken _,QuotaReturned _ ->
                null;
        };
    }

    private OrderRefund reserve(OrderRefund known, RefundReserved reserved, Instant at) {
        OrderRefund next = known.to(reserved.needsApproval() ? RefundStatus.WAITING : RefundStatus.UNDER_WAY, at);
        return switch (reserved.reservation()) {
            case Reservation.OfQuota(var user, var quota, _, _) -> {
                var share = new Share(user, quota);
                taken.add(share);
                yield next.with(share);
            }
            case Reservation.OfMoney _ -> next;
        };
    }

    /// A decision to take quota counts when the ledger took it.
    private OrderRefund take(OrderRefund known, Share share, Instant at) {
        taken.add(share);
        return known.to(RefundStatus.QUOTA_TAKEN, at).with(share);
    }

    private OrderRefund giveBack(OrderRefund known, QuotaReturned quota) {
        returned.add(new Share(quota.userId(), quota.quota()));
        return known.with(null);
    }

    /// The held payment whose refund came to nothing by a fact that was applied.
    public Optional<Payment> reopens(RefundEvent event) {
        return switch (event) {
            case RefundDeclined _,RefundFailed _ -> Optional.ofNullable(refunds.get(event.refundNumber()))
                    .filter(refund -> refund.isOfHeldMoney() && !refund.status().isMoney()).map(OrderRefund::payment);
            case RefundRequested _,RefundApproved _,RefundReserved _,RefundRefused _,RefundSucceeded _,QuotaTaken _,QuotaReturned _,RefundFound _,FoundRefundResolved _ ->
                Optional.empty();
        };
    }

    /// The state of the order by the refunds of its payment.
    ///
    /// @param payment of the order
    /// @param paid    its minor units
    /// @param without what it is when nothing of the payment is refunded
    public OrderStatus status(TransactionId payment, long paid, OrderStatus without) {
        List<OrderRefund> own = refunds.values().stream().filter(refund -> refund.payment().transactionId().equals(payment)).toList();
        if (own.stream().anyMatch(refund -> refund.status() == RefundStatus.WAITING || refund.status() == RefundStatus.UNDER_WAY)) {
            return OrderStatus.REFUNDING;
        }
        long back = own.stream().filter(refund -> refund.status().hasReturned()).mapToLong(refund -> refund.money().minorUnits()).sum();
        return back == 0 ? without : back < paid ? OrderStatus.PARTIALLY_REFUNDED : OrderStatus.REFUNDED;
    }

    List<OrderRefund> changed() {
        return List.copyOf(changed.values());
    }

    List<Share> taken() {
        return taken;
    }

    List<Share> returned() {
        return returned;
    }
}
