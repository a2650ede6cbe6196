package dev.sluice.credit.ledger;

import org.jspecify.annotations.Nullable;

import dev.sluice.credit.ledger.LedgerBatch.OrderClosure;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.UserId;

/// What an order promised: the user and the quota, for exactly which money, received by which account.
///
/// @param closed   what becomes of late money once the order is closed, or null while it is open
/// @param refunded whether it was closed because all of its payment was refunded
record ExpectedOrder(UserId userId, Provider provider, Merchant merchant, Money money, Quota quota, @Nullable LatePayment closed,
        boolean refunded) {
    /// The first closing counts, and a refund of the payment whenever it comes.
    ExpectedOrder closedBy(@Nullable OrderClosure closure) {
        return closure == null || (closed != null && !closure.refunded())
                ? this
                : new ExpectedOrder(userId, provider, merchant, money, quota, closure.latePayment(), refunded || closure.refunded());
    }
}
