package dev.sluice.credit.proof;

/// The first row that is not what it must be.
///
/// @param subject  the account, the order or the transfer
/// @param expected by the transfers, the ledger's other rows or the log
/// @param found    in the row
record Difference(Kind kind, String subject, String expected, String found) {
    /// What was compared.
    enum Kind {
        /// A user's balance with the sum of the transfers.
        BALANCE,
        /// A transfer with the fact in the log that reports it.
        TRANSFER_AND_LOG,
        /// A credit with the order and the payment that it comes from.
        CREDIT_AND_PAYMENT,
        /// A payment that became quota, with its credit.
        PAYMENT_WITHOUT_CREDIT,
        /// A refund with the transfers of its quota.
        REFUND_AND_TRANSFERS
    }
}
