package dev.sluice.event;

import java.time.Instant;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Scene;
import dev.sluice.event.value.TradeNumber;

/// An order exists for all apps. It is in the log before the provider is asked for a code, so no payment precedes it.
///
/// @param tradeNumber the order
/// @param provider    who may confirm it
/// @param merchant    the account that must have received the money
/// @param scene       how the payer is shown the order
/// @param money       what must be paid, exactly
/// @param subject     what the payer reads
/// @param createdAt   when it was placed
/// @param expiresAt   until when it should be paid; money that comes later still counts as money
/// @param purchase    what is bought
public record OrderCreated(
        TradeNumber tradeNumber,
        Provider provider,
        Merchant merchant,
        Scene scene,
        Money money,
        String subject,
        Instant createdAt,
        Instant expiresAt,
        Purchase purchase) implements TopUpEvent {
    @Override
    public String naturalKey() {
        return "";
    }
}
