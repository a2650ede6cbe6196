package dev.sluice.sandbox.trade;

/// What a wallet gets to see.
public sealed interface Scan {

    /// The trade behind the code as it is now.
    record Accepted(Trade trade) implements Scan {}

    /// The wallet can do nothing with the code.
    record Refused(Reason reason) implements Scan {}

    /// Why a wallet can do nothing with a code.
    enum Reason {
        /// Never handed out.
        UNKNOWN_CODE,
        /// Its time is over and no wallet has it open.
        EXPIRED_CODE,
        /// Another code of the same number, on other terms, was opened before.
        CONTEXT_INCONSISTENT,
        /// The merchant closed the trade, or its time was over.
        CLOSED_TRADE,
        /// Paid before, perhaps through another code.
        ALREADY_PAID
    }
}
