package dev.sluice.provider.bill;

/// A provider's answer to the request for a bill.
public sealed interface BillAnswer {
    /// The bill has arrived, as a file that its [BillFormat] reads.
    record Bill() implements BillAnswer {}

    /// No order was paid and no refund was accepted on that day. Early in the morning the answer may be premature.
    ///
    /// @param words the provider's code and text
    record EmptyDay(String words) implements BillAnswer {}

    /// The bill does not exist: it is not made yet, or there is nothing to put into it.
    ///
    /// @param words the provider's code and text
    record EmptyOrNotReady(String words) implements BillAnswer {}

    /// The provider is making the bill.
    ///
    /// @param words the provider's code and text
    record NotYet(String words) implements BillAnswer {}

    /// The request is refused, and will be refused again: an operator has to act.
    ///
    /// @param code  of the provider, or of ours; the texts of metrics and routes carry it
    /// @param words the provider's text
    record Refused(String code, String words) implements BillAnswer {}

    /// Unknown: no answer, or one that may differ next time.
    ///
    /// @param why for operators; never holds a key or an address
    record Unknown(String why) implements BillAnswer {}
}
