package dev.sluice.provider.bill;

import dev.sluice.event.value.Money;

/// What the rows of a bill add up to.
///
/// @param payments how many
/// @param refunds  how many, reversals included
/// @param paid     by payers, as ordered
/// @param refunded to payers, as ordered, reversals included
/// @param settled  in fen: what the merchant gets before the fee, less what refunds took
/// @param fee      in thousandths of a fen, less what came back
public record BillTotals(long payments, long refunds, Money paid, Money refunded, long settled, long fee) {
    /// Nothing happened.
    public boolean isEmpty() {
        return payments == 0 && refunds == 0;
    }

    /// What the merchant has of it, in thousandths of a fen.
    public long net() {
        return settled * BillRow.FEE_OF_A_FEN - fee;
    }
}
