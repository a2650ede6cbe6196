package dev.sluice.event;

import java.util.UUID;

/// A payment became quota. There is one for each credited order.
///
/// @param tradeNumber   the order
/// @param transactionId the payment that was credited
/// @param userId        whose quota grew
/// @param quota         by how much
/// @param balance       what the user's account held right after
/// @param transferId    the ledger's transfer
/// @param late          whether the money came after the order was closed
public record QuotaCredited(
        TradeNumber tradeNumber,
        TransactionId transactionId,
        UserId userId,
        Quota quota,
        Quota balance,
        UUID transferId,
        boolean late) implements TopUpEvent {
    @Override
    public String naturalKey() {
        return "";
    }
}
