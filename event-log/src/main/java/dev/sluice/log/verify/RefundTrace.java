package dev.sluice.log.verify;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.FoundRefundResolved;
import dev.sluice.event.RefundEvent.Mirroring;
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
import dev.sluice.log.verify.Violation.Promise;

/// The refunds of one order.
final class RefundTrace {
    private final Map<RefundNumber, Refund> refunds = new HashMap<>();

    /// One refund.
    private static final class Refund {
        private final @Nullable TransactionId payment;
        private final long paid;
        private final long money;
        private final long quota;
        private boolean requested;
        private boolean reserved;
        private boolean ended;
        private boolean undone;
        private boolean taken;

        Refund(@Nullable TransactionId payment, long paid, long money, long quota) {
            this.payment = payment;
            this.paid = paid;
            this.money = money;
            this.quota = quota;
        }
    }

    /// @param credited the quota that a payment of the order brought, by its number
    void apply(RefundEvent fact, String place, Map<TransactionId, Long> credited, Findings findings) {
        String order = fact.tradeNumber().value();
        Refund known = refunds.get(fact.refundNumber());
        switch (fact) {
            case RefundRequested requested ->
                refunds.computeIfAbsent(requested.refundNumber(), _ -> new Refund(null, 0, 0, 0)).requested = true;
            case RefundReserved reserved -> reserve(known, reserved, place, credited, findings);
            case RefundSucceeded succeeded -> {
                if (known == null || !known.reserved || known.money != succeeded.money().minorUnits()) {
                    findings.add(Promise.G2, order, place, "a refund succeeded that was not reserved like this");
                } else if (known.undone) {
                    findings.add(Promise.G5, order, place, "a refund succeeded whose quota was returned");
                } else {
                    known.ended = true;
                }
            }
            case RefundFailed _,RefundDeclined _ -> {
                if (known != null) {
                    known.undone = !known.ended;
                }
            }
            case QuotaTaken taken -> take(known, taken, place, findings);
            case QuotaReturned returned -> {
                if (known == null || !known.undone || known.taken || known.quota != returned.quota().units()) {
                    findings.add(Promise.G5, order, place, "quota was returned for a refund that did not fail, or another quota");
                }
            }
            case RefundFound found -> refunds.putIfAbsent(found.refundNumber(),
                    new Refund(found.payment().transactionId(), 0, found.money().minorUnits(), 0));
            case FoundRefundResolved resolved -> {
                if (known != null) {
                    known.ended = resolved.mirroring() == Mirroring.TAKE_QUOTA;
                }
            }
            case RefundApproved _,RefundRefused _ -> {
            }
        }
    }

    private void reserve(@Nullable Refund known, RefundReserved reserved, String place, Map<TransactionId, Long> credited,
            Findings findings) {
        String order = reserved.tradeNumber().value();
        if (known == null || !known.requested) {
            findings.add(Promise.G2, order, place, "a refund was reserved that nobody requested");
        }
        if (known != null && known.reserved) {
            return;
        }
        long quota = reserved.reservation() instanceof Reservation.OfQuota of ? of.quota().units() : 0;
        Refund refund = new Refund(reserved.payment().transactionId(), reserved.payment().money().minorUnits(),
                reserved.money().minorUnits(), quota);
        refund.requested = true;
        refund.reserved = true;
        refunds.put(reserved.refundNumber(), refund);
        long money = sum(refund, true);
        long quotas = sum(refund, false);
        long brought = credited.getOrDefault(refund.payment, 0L);
        if (money > refund.paid) {
            findings.add(Promise.G2, order, place, "the refunds of a payment exceed it: " + money + " of " + refund.paid);
        }
        if (quotas > brought) {
            findings.add(Promise.G5, order, place,
                    "the refunds of a payment take more quota than it brought: " + quotas + " of " + brought);
        }
    }

    /// Of all refunds of the payment that did not fail.
    private long sum(Refund of, boolean money) {
        return refunds.values().stream().filter(each -> !each.undone && of.payment != null && of.payment.equals(each.payment))
                .mapToLong(each -> money ? each.money : each.quota).sum();
    }

    private static void take(@Nullable Refund known, QuotaTaken taken, String place, Findings findings) {
        if (known == null || !known.ended || known.undone || (known.reserved && known.quota != taken.quota().units())) {
            findings.add(Promise.G5, taken.tradeNumber().value(), place,
                    "quota was taken for a refund that did not succeed, or another quota");
        } else {
            known.taken = true;
        }
    }
}
