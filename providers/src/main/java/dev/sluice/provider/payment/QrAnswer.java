package dev.sluice.provider.payment;

import dev.sluice.event.value.PayAction;

/// What came of asking for a code.
public sealed interface QrAnswer {
    /// The order can be paid.
    ///
    /// @param action what the payer does
    record Ready(PayAction action) implements QrAnswer {}

    /// The provider said, in a signed answer, that there will be none for this order.
    ///
    /// @param reason the provider's code and words
    /// @param body   the bytes of the answer, for evidence
    // Nobody compares answers, and the body is nothing but bytes.
    @SuppressWarnings("ArrayRecordComponent")
    record Refused(String reason, byte[] body) implements QrAnswer {}

    /// Nobody knows: no answer in time, an answer that is not signed by the provider, or "ask again". The order may exist there.
    ///
    /// @param why for operators; never holds a key or a body
    record Unknown(String why) implements QrAnswer {}
}
