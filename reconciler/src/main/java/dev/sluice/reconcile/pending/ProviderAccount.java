package dev.sluice.reconcile.pending;

import java.time.Instant;
import java.util.concurrent.Semaphore;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.payment.OrderClosing;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.RefundQuery;

/// Where one provider is asked, by so many at a time.
///
/// @param asking places that are free
public record ProviderAccount(Provider provider, ProviderConnection connection, Semaphore asking) {
    public ProviderAccount(Provider provider, ProviderConnection connection) {
        this(provider, connection, new Semaphore(Limits.ASKING_AT_ONCE));
    }

    public Merchant merchant() {
        return connection.merchant();
    }

    PaymentQuery query() {
        return connection.query();
    }

    OrderClosing closing() {
        return connection.closing();
    }

    RefundQuery refunds() {
        return connection.refunds();
    }

    /// From when an unpaid order may be closed at the provider: when it has expired, or at once when it is cancelled, but never before the
    /// provider allows.
    Instant closableFrom(PendingOrder order) {
        // A second more than the provider's rule: its clock counts.
        Instant oldEnough = closing().minimumOrderAge().isZero()
                ? order.createdAt()
                : order.createdAt().plus(closing().minimumOrderAge()).plusSeconds(1);
        boolean over = order.cancelling() != CancelState.NONE || !order.expiresAt().isAfter(oldEnough);
        return over ? oldEnough : order.expiresAt();
    }

    /// From when an order that the provider does not know cannot be paid any more.
    Instant deadFrom(PendingOrder order) {
        return order.expiresAt().plus(closing().codeLifetimeAfterExpiry()).plus(Limits.MARGIN);
    }
}
