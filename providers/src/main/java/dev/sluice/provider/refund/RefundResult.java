package dev.sluice.provider.refund;

/// The result of a request for a refund. Only [Done] ends it; anything else is decided by a query.
public sealed interface RefundResult {
    /// The provider took the request. Whether money moved is to be queried.
    record Accepted() implements RefundResult {}

    /// Money moved in this call.
    record Done(RefundDetails refund) implements RefundResult {}

    /// Unknown: no answer in time, an answer that the provider did not sign, "ask again", or a code that is not known. The refund may exist.
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements RefundResult {}

    /// Not taken now: the merchant's balance is too small, or requests came too fast. The same number may succeed later.
    ///
    /// @param code the provider's
    /// @param why  the provider's code and text, for operators
    record RefusedForNow(String code, String why) implements RefundResult {}

    /// Not taken, in an answer that the provider signed. An earlier request of the same number may have succeeded all the same.
    ///
    /// @param code the provider's
    /// @param why  the provider's code and text, for operators
    record Refused(String code, String why) implements RefundResult {}

    /// Not taken, or not sent, because our account is set up wrongly: no refund of this account succeeds until an operator mends it.
    ///
    /// @param code the provider's, or ours when nothing was sent
    /// @param why  for operators; never holds a key
    record WrongSetUp(String code, String why) implements RefundResult {}
}
