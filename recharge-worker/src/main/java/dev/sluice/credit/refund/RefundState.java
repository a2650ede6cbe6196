package dev.sluice.credit.refund;

import java.util.Set;

/// The state of a refund in the ledger. The names stand there.
public enum RefundState {
    /// Refused by the ledger.
    REFUSED,
    /// Reserved; a second operator has to approve it.
    WAITING,
    /// Reserved; its provider is called until it has ended it.
    OWED,
    /// Not approved.
    DECLINED,
    /// The money left the merchant's account.
    SUCCEEDED,
    /// Ended at its provider, and no money moved.
    FAILED,
    /// At the provider, and not requested here: an operator decides about its quota.
    FOUND,
    /// Found, and its quota was taken.
    TAKEN,
    /// Found, and the user keeps the quota.
    KEPT;

    private static final Set<RefundState> RETURNED_NOTHING = Set.of(REFUSED, DECLINED, FAILED);

    /// Whether it returned money, or may: such money cannot be refunded again.
    boolean isMoney() {
        return !RETURNED_NOTHING.contains(this);
    }

    /// Whether it takes its share of the quota.
    boolean takesQuota() {
        return isMoney() && this != FOUND && this != KEPT;
    }

    /// Whether it was requested here, and its quota waits for its end.
    boolean isReserved() {
        return this == WAITING || this == OWED;
    }

    /// Whether it ended by returning its quota to the user.
    boolean returnsQuota() {
        return this == DECLINED || this == FAILED;
    }

    /// Whether it ended by taking its quota.
    boolean hasTaken() {
        return this == SUCCEEDED || this == TAKEN;
    }
}
