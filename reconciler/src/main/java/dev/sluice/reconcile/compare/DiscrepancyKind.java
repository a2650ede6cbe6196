package dev.sluice.reconcile.compare;

/// How a bill and the log differ. Rows, answers and metrics carry the names.
public enum DiscrepancyKind {
    /// The bill has a payment of an order of ours that is not credited. It is confirmed by the bill and closes when it is credited.
    PaidNotCredited("WAIT_FOR_CREDIT"),
    /// A payment was credited here, and neither the bill of its day nor the next one has it.
    CreditedNotPaid("ASK_PROVIDER"),
    /// Both have the payment, with different amounts or currencies.
    AmountDiffers("ASK_PROVIDER"),
    /// The bill has a payment, or a reversal of one, with a number that was never issued here.
    UnknownToUs("REFUND_OR_ACCEPT"),
    /// A payment was confirmed here and not credited, and neither the bill of its day nor the next one has it.
    UnknownToProvider("ASK_PROVIDER"),
    /// A refund that only one side has, or that has different amounts.
    RefundDiffers("CHECK_REFUND"),
    /// The fee is not what the rate gives, by more than a fen.
    FeeUnexpected("ASK_PROVIDER");

    private final String proposal;

    DiscrepancyKind(String proposal) {
        this.proposal = proposal;
    }

    /// What an operator is proposed to do.
    public String proposal() {
        return proposal;
    }
}
