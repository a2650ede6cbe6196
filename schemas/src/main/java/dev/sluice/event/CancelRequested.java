package dev.sluice.event;

import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

/// An operator cancels an unpaid order. The order ends when its provider reports no money.
///
/// @param tradeNumber the order
/// @param actor       the operator's user id
/// @param reason      the operator's reason
/// @param key         distinguishes this action from others about the order; a repeated request has the same
public record CancelRequested(TradeNumber tradeNumber, UserId actor, String reason, String key) implements TopUpEvent {
    @Override
    public String naturalKey() {
        return key;
    }
}
