package dev.sluice.provider.payment;

/// The result of a close request. Only [Closed] makes "unpaid" final.
public sealed interface CloseResult {
    /// The provider takes no money for it any more.
    record Closed() implements CloseResult {}

    /// Too late: money arrived. A query returns the payment.
    record AlreadyPaid() implements CloseResult {}

    /// The provider does not know the order.
    record Absent() implements CloseResult {}

    /// Unknown, or not possible now.
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements CloseResult {}
}
