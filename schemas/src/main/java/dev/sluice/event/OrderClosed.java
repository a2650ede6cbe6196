package dev.sluice.event;

import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.TradeNumber;

/// An order ended without money. It also records what becomes of money that arrives later, as the price is locked when an order is
/// placed: a ledger that is rebuilt years later has the same transfers, whatever the setting is by then.
///
/// @param tradeNumber the order
/// @param reason      why
/// @param latePayment what becomes of money that comes after this
public record OrderClosed(TradeNumber tradeNumber, CloseReason reason, LatePayment latePayment) implements TopUpEvent {
    /// An order ends once; that its provider closed it after it was cancelled, or refunded its payment, is a fact of its own.
    @Override
    public String naturalKey() {
        return switch (reason) {
            case EXPIRED, PROVIDER_REFUSED, CANCELLED -> "";
            case PROVIDER_CLOSED, REFUNDED -> reason.name();
        };
    }
}
