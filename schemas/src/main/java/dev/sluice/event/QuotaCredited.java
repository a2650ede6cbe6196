package dev.sluice.event;

import java.util.UUID;

import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

/// A payment became quota. At most one for each order, and one for each payment that an operator released from being held.
///
/// @param tradeNumber   the order
/// @param transactionId the payment that was credited
/// @param userId        whose quota grew
/// @param quota         by how much
/// @param balance       the balance of the user's account right after
/// @param transferId    the ledger's transfer
/// @param late          whether the money came after the order was closed; of a released one, whether that is why it was held
/// @param released      whether an operator released it from being held
public record QuotaCredited(
        TradeNumber tradeNumber,
        TransactionId transactionId,
        UserId userId,
        Quota quota,
        Quota balance,
        UUID transferId,
        boolean late,
        boolean released) implements TopUpEvent {
    @Override
    public String naturalKey() {
        return released ? transactionId.value() : "";
    }
}
