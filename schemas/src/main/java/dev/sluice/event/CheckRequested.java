package dev.sluice.event;

import java.time.Instant;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

/// An operator, or the payer, requests a query of the provider now, whatever state the order is in.
///
/// @param tradeNumber the order
/// @param provider    the provider to query
/// @param merchant    the account to query
/// @param createdAt   when the order was placed
/// @param expiresAt   until when it could be paid
/// @param actor       who requests it
/// @param reason      why
/// @param key         distinguishes this action from others about the order; a repeated request has the same
public record CheckRequested(
        TradeNumber tradeNumber,
        Provider provider,
        Merchant merchant,
        Instant createdAt,
        Instant expiresAt,
        UserId actor,
        String reason,
        String key) implements TopUpEvent {
    /// A check of an order, by its provider and account.
    public static CheckRequested of(OrderCreated order, UserId actor, String reason, String key) {
        return new CheckRequested(order.tradeNumber(), order.provider(), order.merchant(), order.createdAt(), order.expiresAt(), actor,
                reason, key);
    }

    @Override
    public String naturalKey() {
        return key;
    }
}
