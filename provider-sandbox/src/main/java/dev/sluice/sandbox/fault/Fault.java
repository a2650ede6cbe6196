package dev.sluice.sandbox.fault;

/// A fault of a provider, or an attack by someone who poses as one. Several can be on at once.
public enum Fault {
    /// No notification is sent, nor is a retry once this is on.
    NEVER_NOTIFIED,
    /// Every delivery comes twice, the second right after the answer to the first.
    NOTIFIED_TWICE,
    /// Every delivery comes twenty times at once, each signed anew; outweighs [#NOTIFIED_TWICE].
    NOTIFIED_TWENTY_TIMES,
    /// The first delivery comes five scaled minutes late.
    NOTIFIED_LATE,
    /// Before each true notification comes one about another transaction, with a well-formed but wrong signature.
    FORGED_NOTIFICATION,
    /// Notifications and responses to queries report, correctly signed, one fen less than was ordered and paid.
    WRONG_AMOUNT,
    /// Before each true notification comes one about another merchant's transaction under the same number, correctly signed.
    WRONG_MERCHANT,
    /// After each true notification comes an older one, correctly signed: of a failed payment (WeChat Pay), of the wait for one (Alipay).
    OUTDATED_NOTIFICATION,
    /// Before and after each true notification come several about another transaction, with signatures that are wrong in as many ways.
    SIGNATURE_PROBES,
    /// The payer pays the order a second time, in another transaction, which is notified as well.
    PAID_TWICE,
    /// Calls about the order are answered only after 12 seconds, unscaled; they take effect at once.
    SLOW_RESPONSES,
    /// Calls about the order are answered with HTTP 503; they take effect.
    SERVER_ERRORS,
    /// Calls about the order are answered with HTTP 200 and a page of HTML; they take effect.
    GARBAGE,
    /// Signed responses have a wrong signature.
    WRONGLY_SIGNED_RESPONSES,
    /// A close succeeds and queries report it, but a wallet that had the code open before can still pay.
    CLOSED_BUT_PAYABLE
}
