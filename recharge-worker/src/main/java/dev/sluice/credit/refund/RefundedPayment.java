package dev.sluice.credit.refund;

import java.math.BigInteger;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

import dev.sluice.credit.refund.Refund.Share;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;

/// A payment that money is returned of.
///
/// @param money            what was paid
/// @param returned         what of it the provider had returned before the payment was decided about
/// @param isToBeRefunded   whether it is held and was decided to be refunded
/// @param credited         the quota that it brought, or null when it brought none
record RefundedPayment(Money money, Money returned, boolean isToBeRefunded, @Nullable Share credited) {
    /// How much of it can still be refunded.
    ///
    /// @param refunds all of the payment
    long left(Collection<Refund> refunds) {
        long ours = 0;
        long found = 0;
        for (Refund refund : refunds) {
            if (refund.state().isMoney()) {
                boolean isFound = refund.request() == null;
                ours += isFound ? 0 : refund.money().minorUnits();
                found += isFound ? refund.money().minorUnits() : 0;
            }
        }
        // What had been returned before was made in the provider's console, and may be found again.
        return money.minorUnits() - ours - Math.max(found, returned.minorUnits());
    }

    /// The quota that a refund takes, in proportion to the money of all refunds that take some: together those of the whole payment take
    /// exactly what it brought.
    ///
    /// @param refunds all of the payment, without this one
    /// @return null when it is less than one unit
    @Nullable
    Share share(Money refund, Collection<Refund> refunds) {
        if (credited == null) {
            return null;
        }
        long refunded = refund.minorUnits();
        long taken = 0;
        for (Refund each : refunds) {
            if (each.state().takesQuota()) {
                refunded += each.money().minorUnits();
                taken += each.quota();
            }
        }
        long due = Math.min(credited.quota().units(), BigInteger.valueOf(credited.quota().units()).multiply(BigInteger.valueOf(refunded))
                .divide(BigInteger.valueOf(money.minorUnits())).longValueExact()) - taken;
        return due > 0 ? new Share(credited.userId(), new Quota(due)) : null;
    }
}
