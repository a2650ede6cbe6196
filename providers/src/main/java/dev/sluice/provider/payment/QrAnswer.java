package dev.sluice.provider.payment;

import dev.sluice.event.value.PayAction;

/// The result of a request for a code.
public sealed interface QrAnswer {
    /// The order can be paid.
    ///
    /// @param action what the payer does
    record Ready(PayAction action) implements QrAnswer {}

    /// No code will ever come for this order: the provider refused it in a signed answer, or it cannot be sent.
    ///
    /// @param reason the provider's code and text, for operators
    record Refused(String reason) implements QrAnswer {}

    /// Unknown: no answer in time, an answer that the provider did not sign, or "ask again". The order may exist there.
    ///
    /// @param why the provider's code and text where it has some, for operators; never holds a key
    record Unknown(String why) implements QrAnswer {}
}
