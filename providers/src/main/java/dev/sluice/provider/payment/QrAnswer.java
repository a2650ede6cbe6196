package dev.sluice.provider.payment;

import dev.sluice.event.value.PayAction;

/// The result of a request for a code.
public sealed interface QrAnswer {
    /// The order can be paid.
    ///
    /// @param action what the payer does
    record Ready(PayAction action) implements QrAnswer {}

    /// The provider refused a code for this order, in a signed answer.
    ///
    /// @param reason the provider's code and text
    /// @param body   the bytes of the answer, for evidence
    // Never compared, and the body is plain bytes.
    @SuppressWarnings("ArrayRecordComponent")
    record Refused(String reason, byte[] body) implements QrAnswer {}

    /// Unknown: no answer in time, an answer that the provider did not sign, or "ask again". The order may exist there.
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements QrAnswer {}
}
