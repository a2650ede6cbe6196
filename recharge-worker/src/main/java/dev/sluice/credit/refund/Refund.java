package dev.sluice.credit.refund;

import org.jspecify.annotations.Nullable;

import dev.sluice.credit.transfer.PaymentKey;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.RefundEvent.Refusal;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.UserId;

/// A refund as the ledger has it.
///
/// @param payment   whose money it returns
/// @param money     how much of it
/// @param share     the quota that it takes, or null when it takes none
/// @param refusal   why it was refused, or null
/// @param request   terms of its request, or null when it was found at the provider
/// @param partition of the log, where its outcomes belong
record Refund(RefundKey key, Payment payment, Money money, RefundState state, @Nullable Share share, @Nullable Refusal refusal,
        @Nullable Request request, int partition) {
    /// Quota of a user.
    ///
    /// @param quota at least 1
    record Share(UserId userId, Quota quota) {}

    record Request(boolean needsApproval, String reason) {}

    static Refund refused(RefundKey key, Payment payment, Money money, Refusal refusal, Request request, int partition) {
        return new Refund(key, payment, money, RefundState.REFUSED, null, refusal, request, partition);
    }

    static Refund reserved(RefundKey key, Payment payment, Money money, @Nullable Share share, Request request, int partition) {
        return new Refund(key, payment, money, request.needsApproval() ? RefundState.WAITING : RefundState.OWED, share, null, request,
                partition);
    }

    static Refund found(RefundKey key, Payment payment, Money money, int partition) {
        return new Refund(key, payment, money, RefundState.FOUND, null, null, null, partition);
    }

    PaymentKey paymentKey() {
        return new PaymentKey(payment.provider(), payment.transactionId(), key.tradeNumber());
    }

    Refund to(RefundState next) {
        return new Refund(key, payment, money, next, share, refusal, request, partition);
    }

    /// Found at the provider after it had come to nothing here: its quota is with the user.
    Refund foundAfterAll() {
        return new Refund(key, payment, money, RefundState.FOUND, null, refusal, request, partition);
    }

    /// @param taken null when the account has less: the user keeps it
    Refund taken(@Nullable Share taken) {
        return new Refund(key, payment, money, taken == null ? RefundState.KEPT : RefundState.TAKEN, taken, refusal, request, partition);
    }

    long quota() {
        return share == null ? 0 : share.quota().units();
    }
}
