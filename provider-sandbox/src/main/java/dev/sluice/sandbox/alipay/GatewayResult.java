package dev.sluice.sandbox.alipay;

import java.util.Map;

/// What a call came to.
sealed interface GatewayResult {

    /// The merchant's number of the trade it is about; empty if there is none.
    String number();

    /// What was asked for.
    ///
    /// @param node what the answer says besides its code, in that order
    record Done(String number, Map<String, Object> node) implements GatewayResult {}

    /// A refusal, signed: the caller is the merchant.
    ///
    /// @param node what the answer says besides why
    record Refused(String number, GatewayRefusal refusal, Map<String, Object> node) implements GatewayResult {
        Refused(String number, GatewayRefusal refusal) {
            this(number, refusal, Map.of());
        }
    }

    /// A refusal that is not signed, as in reality: the caller has not shown to be the merchant.
    record Stranger(String number, GatewayRefusal refusal) implements GatewayResult {}
}
