package dev.sluice.order.refund;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.RefundEvent.Funds;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

/// A refund as the log has it.
///
/// @param payment   whose money it returns
/// @param money     how much of it
/// @param state     where it stands
/// @param share     the quota that it takes or took, or null when it takes none
/// @param requested who requested it and why, or null when it was found at the provider
/// @param decided   who approved it, declined it, or decided about its quota, or null
record OrderRefund(Key key, Payment payment, Money money, State state, @Nullable Share share, @Nullable Request requested,
        @Nullable Act decided) {
    /// Identifies a refund.
    record Key(TradeNumber tradeNumber, RefundNumber refundNumber) {}

    /// Where it stands.
    ///
    /// @param code of the ledger or the provider, when it came to nothing; otherwise empty
    /// @param at   since when, by the log
    record State(RefundStatus status, String code, Instant at) {}

    /// Quota of a user.
    record Share(UserId userId, Quota quota) {}

    /// What an operator did, and why.
    record Act(UserId actor, String reason, Instant at) {}

    /// The request of a refund.
    record Request(Funds funds, boolean needsApproval, Act act) {}

    RefundStatus status() {
        return state.status();
    }

    OrderRefund to(RefundStatus next, String code, Instant at) {
        return new OrderRefund(key, payment, money, new State(next, code, at), share, requested, decided);
    }

    OrderRefund to(RefundStatus next, Instant at) {
        return to(next, "", at);
    }

    OrderRefund with(@Nullable Share taken) {
        return new OrderRefund(key, payment, money, state, taken, requested, decided);
    }

    OrderRefund decided(RefundStatus next, Act act) {
        return new OrderRefund(key, payment, money, new State(next, "", act.at()), share, requested, act);
    }

    /// Of money that is or was held, and not of a payment that became quota.
    boolean isOfHeldMoney() {
        return requested != null && requested.funds() == Funds.HELD;
    }
}
