package dev.sluice.event;

/// An order ended without money. Money that arrives later is credited all the same, and marked late.
///
/// @param tradeNumber the order
/// @param reason      why
public record OrderClosed(TradeNumber tradeNumber, CloseReason reason) implements TopUpEvent {
    @Override
    public String naturalKey() {
        return "";
    }
}
