package dev.sluice.credit.refund;

import dev.sluice.event.RefundEvent;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;

/// Identifies a refund: its number, and the order whose payment it returns.
record RefundKey(TradeNumber tradeNumber, RefundNumber refundNumber) {
    static RefundKey of(RefundEvent fact) {
        return new RefundKey(fact.tradeNumber(), fact.refundNumber());
    }
}
