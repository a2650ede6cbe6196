package dev.sluice.provider;

/// What came of closing an order. Only [Closed] makes "unpaid" final.
public sealed interface Closing {
    /// The provider takes no money for it any more.
    record Closed() implements Closing {}

    /// It is too late: there is money. Asking tells which.
    record AlreadyPaid() implements Closing {}

    /// The provider knows no such order.
    record Absent() implements Closing {}

    /// Nobody knows, or not now.
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements Closing {}
}
