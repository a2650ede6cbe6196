package dev.sluice.sandbox.alipay;

import java.math.BigDecimal;

import dev.sluice.sandbox.trade.Trade;

/// Amounts as Alipay writes them: yuan with two decimals.
final class Yuan {
    static final String ZERO = "0.00";

    private Yuan() {}

    /// What the whole trade costs.
    static String of(Trade trade) {
        return BigDecimal.valueOf(trade.terms().fen(), 2).toPlainString();
    }
}
