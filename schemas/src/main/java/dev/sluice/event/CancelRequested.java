package dev.sluice.event;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

/// An operator wants an order that nobody paid to end now. It ends when its provider says that there is no money.
///
/// @param tradeNumber the order
/// @param actor       the operator, by the product's number
/// @param reason      why, in the operator's words
/// @param key         tells this act from others about the order; the same act asked for twice has the same
public record CancelRequested(TradeNumber tradeNumber, UserId actor, String reason, String key) implements TopUpEvent {
    @Override
    public String naturalKey() {
        return key;
    }
}
