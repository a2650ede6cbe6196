package dev.sluice.provider.payment;

/// What came of closing an order. Only [Closed] makes "unpaid" final.
public sealed interface CloseResult {
    /// The provider takes no money for it any more.
    record Closed() implements CloseResult {}

    /// It is too late: there is money. Asking tells which.
    record AlreadyPaid() implements CloseResult {}

    /// The provider knows no such order.
    record Absent() implements CloseResult {}

    /// Nobody knows, or not now.
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements CloseResult {}
}
