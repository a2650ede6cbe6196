package dev.sluice.order.refund;

import java.util.Set;

/// The state of a refund, as operators see it.
public enum RefundStatus {
    /// Requested; the ledger has not decided yet.
    REQUESTED,
    /// Reserved; a second operator has to approve it.
    WAITING,
    /// Reserved; its provider is called until it has ended it.
    UNDER_WAY,
    /// A second operator declined it.
    DECLINED,
    /// The ledger refused it.
    REFUSED,
    /// The money is with the payer.
    REFUNDED,
    /// The money left the merchant and rests with the provider: an operator resolves it in the provider's console.
    AT_PROVIDER,
    /// Ended at its provider, and no money moved.
    FAILED,
    /// At the provider, and not requested here: an operator decides about its quota.
    FOUND,
    /// Found, and its quota was taken.
    QUOTA_TAKEN,
    /// Found, and the user keeps the quota.
    QUOTA_KEPT;

    private static final Set<RefundStatus> CAME_TO_NOTHING = Set.of(DECLINED, REFUSED, FAILED);

    /// Whether its end is still to come.
    boolean isOpen() {
        return this == REQUESTED || this == WAITING || this == UNDER_WAY;
    }

    /// Whether money has left the merchant.
    boolean hasReturned() {
        return !isOpen() && !CAME_TO_NOTHING.contains(this);
    }

    /// Whether it lowers what can still be refunded.
    boolean isMoney() {
        return !CAME_TO_NOTHING.contains(this);
    }

    /// Whether an operator has to decide.
    boolean needsDecision() {
        return this == WAITING || this == FOUND || this == AT_PROVIDER;
    }
}
