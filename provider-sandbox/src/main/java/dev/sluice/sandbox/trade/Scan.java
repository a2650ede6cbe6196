package dev.sluice.sandbox.trade;

/// The result of a scan or a payment by a wallet.
public sealed interface Scan {

    /// The trade behind the code as it is now.
    record Accepted(Trade trade) implements Scan {}

    record Refused(Reason reason) implements Scan {}

    /// Why a wallet cannot use a code.
    enum Reason {
        /// Never issued.
        UNKNOWN_CODE,
        /// Its time is over and no wallet has it open.
        EXPIRED_CODE,
        /// Another code of the same number, on other terms, was opened before.
        CONTEXT_INCONSISTENT,
        /// The merchant closed the trade, or its time is over.
        CLOSED_TRADE,
        /// Paid before, perhaps through another code.
        ALREADY_PAID
    }
}
