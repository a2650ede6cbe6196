package dev.sluice.event;

/// [OrderClosed] as it was told before late payments could be held. They were credited then.
///
/// @param tradeNumber the order
/// @param reason      why
record OrderClosedV1(TradeNumber tradeNumber, CloseReason reason) implements OldEvent {
    @Override
    public TopUpEvent today() {
        return new OrderClosed(tradeNumber, reason, LatePayment.CREDIT);
    }
}
