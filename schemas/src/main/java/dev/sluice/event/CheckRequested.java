package dev.sluice.event;

import java.time.Instant;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

/// An operator wants the provider to be asked about an order now, whatever we believe of it.
///
/// @param tradeNumber the order
/// @param provider    who is to be asked
/// @param merchant    the account that is to be asked about
/// @param createdAt   when the order was placed
/// @param expiresAt   until when it could be paid
/// @param actor       the operator, by the product's number
/// @param reason      why, in the operator's words
/// @param key         tells this act from others about the order; the same act asked for twice has the same
public record CheckRequested(
        TradeNumber tradeNumber,
        Provider provider,
        Merchant merchant,
        Instant createdAt,
        Instant expiresAt,
        UserId actor,
        String reason,
        String key) implements TopUpEvent {
    @Override
    public String naturalKey() {
        return key;
    }
}
