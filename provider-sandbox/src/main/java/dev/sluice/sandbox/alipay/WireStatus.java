package dev.sluice.sandbox.alipay;

import dev.sluice.sandbox.trade.Trade;

/// Where a trade stands, in Alipay's words. There are no refunds here, so no paid trade is ever `TRADE_CLOSED` or `TRADE_FINISHED`.
final class WireStatus {
    static final String WAITING = "WAIT_BUYER_PAY";

    private WireStatus() {}

    static String of(Trade trade) {
        return switch (trade.status()) {
            case UNPAID -> WAITING;
            case PAID -> "TRADE_SUCCESS";
            case CLOSED -> "TRADE_CLOSED";
        };
    }
}
