package dev.sluice.sandbox.fault;

/// A fault of a provider, or an attack by someone who poses as one. Several can be on at once.
public enum Fault {
    /// No notification is sent, nor is a retry once this is on.
    NEVER_NOTIFIED(Subject.NOTIFICATION),
    /// Every delivery comes twice, the second right after the answer to the first.
    NOTIFIED_TWICE(Subject.NOTIFICATION),
    /// Every delivery comes twenty times at once, each signed anew; outweighs [#NOTIFIED_TWICE].
    NOTIFIED_TWENTY_TIMES(Subject.NOTIFICATION),
    /// The first delivery comes five scaled minutes late.
    NOTIFIED_LATE(Subject.NOTIFICATION),
    /// Before each true notification comes one about another transaction, with a well-formed but wrong signature.
    FORGED_NOTIFICATION(Subject.NOTIFICATION),
    /// Notifications and responses to queries report, correctly signed, one fen less than was ordered and paid.
    WRONG_AMOUNT(Subject.PAYMENT),
    /// Before each true notification comes one about another merchant's transaction under the same number, correctly signed.
    WRONG_MERCHANT(Subject.NOTIFICATION),
    /// After each true notification comes an older one, correctly signed: of a failed payment (WeChat Pay), of the wait for one (Alipay).
    OUTDATED_NOTIFICATION(Subject.NOTIFICATION),
    /// Before and after each true notification come several about another transaction, with signatures that are wrong in as many ways.
    SIGNATURE_PROBES(Subject.NOTIFICATION),
    /// The payer pays the order a second time, in another transaction, which is notified as well.
    PAID_TWICE(Subject.PAYMENT),
    /// Calls about the order are answered only after 12 seconds, unscaled; they take effect at once.
    SLOW_RESPONSES(Subject.RESPONSE),
    /// Calls about the order are answered with HTTP 503; they take effect.
    SERVER_ERRORS(Subject.RESPONSE),
    /// Calls about the order are answered with HTTP 200 and a page of HTML; they take effect.
    GARBAGE(Subject.RESPONSE),
    /// Signed responses have a wrong signature.
    WRONGLY_SIGNED_RESPONSES(Subject.RESPONSE),
    /// A close succeeds and queries report it, but a wallet that had the code open before can still pay.
    CLOSED_BUT_PAYABLE(Subject.CODE),
    /// Requests for refunds are answered with HTTP 503, and no refund is made.
    REFUND_LOST(Subject.REFUND),
    /// Requests for refunds are answered with HTTP 503, and the refund is made.
    REFUND_UNANSWERED(Subject.REFUND),
    /// The first ten requests for a refund are answered with a system error, and none is made; the next one makes it.
    REFUND_SYSTEM_ERRORS(Subject.REFUND),
    /// The merchant's account has too little money for refunds until this is switched off.
    REFUND_BALANCE_TOO_SMALL(Subject.REFUND),
    /// Refunds are processed until this is switched off.
    REFUND_PROCESSING(Subject.REFUND),
    /// The payer's card is gone: refunded money rests with the provider (`CHANGE`), and reaches the payer when this is switched off.
    REFUND_LEFT_AT_PROVIDER(Subject.REFUND),
    /// Refunds end without a payment to the payer (`REFUNDCLOSE`).
    REFUND_CLOSED(Subject.REFUND),
    /// Alipay answers `fund_change=N` although money moved in this call.
    REFUND_WITHOUT_FUND_CHANGE(Subject.REFUND),
    /// The bill lacks the order's payment.
    BILL_WITHOUT_ROW(Subject.BILL),
    /// The bill has one fen less than was paid for the order.
    BILL_WITH_OTHER_AMOUNT(Subject.BILL),
    /// The bill's fee for the order is two fen more than the rate gives.
    BILL_WITH_OTHER_FEE(Subject.BILL),
    /// The bill lacks the order's refunds.
    BILL_WITHOUT_REFUND(Subject.BILL),
    /// The bill has the order's refunds under numbers that the merchant never issued.
    BILL_WITH_FOREIGN_REFUND(Subject.BILL),
    /// Bills have a payment of an order that was never placed.
    BILL_WITH_UNKNOWN_ROW(Subject.BILL),
    /// The summaries of bills differ from the rows by one fen.
    BILL_WITH_WRONG_SUMMARY(Subject.BILL),
    /// Bills end before their summaries.
    BILL_CUT(Subject.BILL),
    /// Bills are not ready until this is switched off.
    BILL_NOT_READY(Subject.BILL);

    private final Subject subject;

    Fault(Subject subject) {
        this.subject = subject;
    }

    /// What it is about.
    public Subject subject() {
        return subject;
    }

    /// What faults are about.
    public enum Subject {
        /// When, how often and how signed the merchant is notified.
        NOTIFICATION,
        /// Responses to the merchant's calls.
        RESPONSE,
        /// The code that the payer scans.
        CODE,
        /// The money.
        PAYMENT,
        /// Refunds.
        REFUND,
        /// The daily bill.
        BILL
    }
}
