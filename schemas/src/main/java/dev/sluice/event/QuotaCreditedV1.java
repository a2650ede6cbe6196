package dev.sluice.event;

import java.util.UUID;

/// [QuotaCredited] as it was told before held money could be released, and is told of all other money.
///
/// @param tradeNumber   the order
/// @param transactionId the payment that was credited
/// @param userId        whose quota grew
/// @param quota         by how much
/// @param balance       what the user's account held right after
/// @param transferId    the ledger's transfer
/// @param late          whether the money came after the order was closed
record QuotaCreditedV1(
        TradeNumber tradeNumber,
        TransactionId transactionId,
        UserId userId,
        Quota quota,
        Quota balance,
        UUID transferId,
        boolean late) implements OldEvent {
    /// Of one that nobody had to release.
    static QuotaCreditedV1 of(QuotaCredited credited) {
        return new QuotaCreditedV1(credited.tradeNumber(), credited.transactionId(), credited.userId(), credited.quota(),
                credited.balance(),
                credited.transferId(), credited.late());
    }

    @Override
    public TopUpEvent today() {
        return new QuotaCredited(tradeNumber, transactionId, userId, quota, balance, transferId, late, false);
    }
}
