package dev.sluice.sandbox.alipay;

/// What a call came to.
sealed interface GatewayResult {

    /// A code for the payer.
    record Done(String tradeNumber, String code) implements GatewayResult {}

    /// A refusal, signed: the caller is the merchant.
    record Refused(GatewayRefusal refusal) implements GatewayResult {}

    /// A refusal that is not signed, as in reality: the caller has not shown to be the merchant.
    record Stranger(GatewayRefusal refusal) implements GatewayResult {}
}
