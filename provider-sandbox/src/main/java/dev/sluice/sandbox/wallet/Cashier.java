package dev.sluice.sandbox.wallet;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sluice.sandbox.trade.Scan;
import dev.sluice.sandbox.trade.Trade;

/// What the payer sees, by the names that the wallet's JSON and its pages have for it.
final class Cashier {
    private Cashier() {}

    /// The trade, its amount in yuan with two decimals, and the provider's number once it is paid.
    static Map<String, String> of(Trade trade) {
        Map<String, String> seen = new LinkedHashMap<>();
        seen.put("provider", trade.key().provider().name());
        seen.put("payee", trade.terms().payee());
        seen.put("subject", trade.terms().subject());
        seen.put("amount", BigDecimal.valueOf(trade.terms().fen(), 2).toPlainString());
        seen.put("out_trade_no", trade.number());
        seen.put("status", trade.paid() ? "PAID" : "UNPAID");
        if (trade.paid()) {
            seen.put("transaction_id", trade.transactionId());
        }
        return seen;
    }

    /// Why the wallet cannot use a code.
    static Map<String, String> of(Scan.Reason reason) {
        return Map.of("code", reason.name(), "message", switch (reason) {
            case UNKNOWN_CODE -> "无法识别的付款码 · Unknown code";
            case EXPIRED_CODE -> "付款码已过期，请在商户页面重新获取 · This code has expired, get a new one from the merchant";
            case CONTEXT_INCONSISTENT -> "交易信息与之前的不一致 · This order was opened before on other terms";
            case CLOSED_TRADE -> "该订单已关闭，无法付款 · This order is closed, it cannot be paid";
            case ALREADY_PAID -> "该订单已支付，请勿重复付款 · This order is paid already";
        });
    }
}
