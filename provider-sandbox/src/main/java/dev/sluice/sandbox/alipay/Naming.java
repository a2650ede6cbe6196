package dev.sluice.sandbox.alipay;

import dev.sluice.sandbox.trade.Trade;

/// What came of looking for the trade that a call names.
sealed interface Naming {

    /// The trade as it is now.
    record Found(Trade trade) implements Naming {}

    /// No such trade; perhaps nobody scanned the code for it yet.
    record Unknown(String number) implements Naming {}

    /// The call names no trade at all.
    record Invalid(GatewayRefusal refusal) implements Naming {}
}
