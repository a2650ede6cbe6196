package dev.sluice.credit.refund;

import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;

/// What became of a refund in the ledger just now.
public record RefundOutcome(TradeNumber tradeNumber, RefundNumber refundNumber, RefundState state, long quota) {
    static RefundOutcome of(Refund refund) {
        return new RefundOutcome(refund.key().tradeNumber(), refund.key().refundNumber(), refund.state(), refund.quota());
    }
}
