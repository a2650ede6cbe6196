package dev.sluice.event;

import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.TradeNumber;

/// An order ended without money. What shall become of money that arrives all the same is settled here and now, as the price is when
/// an order is placed: the ledger can be rebuilt years later to the same transfers, whatever the setting says by then.
///
/// @param tradeNumber the order
/// @param reason      why
/// @param latePayment what becomes of money that comes after this
public record OrderClosed(TradeNumber tradeNumber, CloseReason reason, LatePayment latePayment) implements TopUpEvent {
    @Override
    public String naturalKey() {
        return "";
    }
}
