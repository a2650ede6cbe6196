package dev.sluice.log.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

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

    /// What a refund is of: unknown until it is reserved or found.
    private record Terms(@Nullable TransactionId payment, long paid, long money, long quota) {
        static final Terms UNKNOWN = new Terms(null, 0, 0, 0);
    }

    /// One refund.
    private static final class Refund {
        private final Terms terms;
        private boolean requested;
        private boolean reserved;
        private boolean ended;
        private boolean undone;
        private boolean taken;

        Refund(Terms terms) {
            this.terms = terms;
        }
    }

    /// @param credited the quota that a payment of the order brought, by its number
    void apply(RefundEvent fact, String place, Map<TransactionId, Long> credited, Findings findings) {
        String order = fact.tradeNumber().value();
        Refund known = refunds.get(fact.refundNumber());
        switch (fact) {
            case RefundRequested requested ->
                refunds.computeIfAbsent(requested.refundNumber(), _ -> new Refund(Terms.UNKNOWN)).requested = true;
            case RefundReserved reserved -> reserve(known, reserved, place, credited, findings);
            case RefundSucceeded succeeded -> {
                if (known == null || !known.reserved || known.terms.money() != succeeded.money().minorUnits()) {
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
                if (known == null || !known.undone || known.taken || known.terms.quota() != returned.quota().units()) {
                    findings.add(Promise.G5, order, place, "quota was returned for a refund that did not fail, or another quota");
                }
            }
            case RefundFound found -> refunds.putIfAbsent(found.refundNumber(),
                    new Refund(new Terms(found.payment().transactionId(), 0, found.money().minorUnits(), 0)));
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
        var terms = new Terms(reserved.payment().transactionId(), reserved.payment().money().minorUnits(), reserved.money().minorUnits(),
                quota);
        Refund refund = new Refund(terms);
        refund.requested = true;
        refund.reserved = true;
        refunds.put(reserved.refundNumber(), refund);
        long money = sum(terms, Terms::money);
        long quotas = sum(terms, Terms::quota);
        long brought = credited.getOrDefault(reserved.payment().transactionId(), 0L);
        if (money > terms.paid()) {
            findings.add(Promise.G2, order, place, "the refunds of a payment exceed it: " + money + " of " + terms.paid());
        }
        if (quotas > brought) {
            findings.add(Promise.G5, order, place,
                    "the refunds of a payment take more quota than it brought: " + quotas + " of " + brought);
        }
    }

    /// Of all refunds of the payment that did not fail.
    private long sum(Terms of, ToLongFunction<Terms> part) {
        return refunds.values().stream().filter(each -> !each.undone && of.payment() != null && of.payment().equals(each.terms.payment()))
                .map(each -> each.terms).mapToLong(part).sum();
    }

    private static void take(@Nullable Refund known, QuotaTaken taken, String place, Findings findings) {
        if (known == null || !known.ended || known.undone || (known.reserved && known.terms.quota() != taken.quota().units())) {
            findings.add(Promise.G5, taken.tradeNumber().value(), place,
                    "quota was taken for a refund that did not succeed, or another quota");
        } else {
            known.taken = true;
        }
    }
}
