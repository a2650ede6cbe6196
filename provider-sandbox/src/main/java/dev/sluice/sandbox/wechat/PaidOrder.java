package dev.sluice.sandbox.wechat;

import java.util.Map;
import java.util.Objects;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.trade.Payment;
import dev.sluice.sandbox.trade.Trade;

/// What WeChat Pay says of a paid order, alike in the notification and in the answer to a query.
final class PaidOrder {
    /// The one payer of this sandbox.
    private static final String OPENID = "oUpF8uMEb4qRXf22hE3X68TekukE";

    private PaidOrder() {}

    static void describe(Trade trade, Map<String, String> fields) {
        Payment payment = Objects.requireNonNull(trade.payment(), "WeChat Pay tells of payments only");
        Map<String, String> terms = trade.terms().fields();
        String fen = Long.toString(trade.terms().fen());
        putIfSent(fields, terms, "attach");
        fields.put("bank_type", "OTHERS");
        fields.put("cash_fee", fen);
        putIfSent(fields, terms, "device_info");
        fields.put("fee_type", "CNY");
        fields.put("is_subscribe", "N");
        fields.put("openid", OPENID);
        fields.put("out_trade_no", trade.number());
        fields.put("time_end", BeijingTime.COMPACT.write(payment.at()));
        fields.put("total_fee", fen);
        fields.put("trade_type", "NATIVE");
        fields.put("transaction_id", trade.transactionId());
    }

    private static void putIfSent(Map<String, String> fields, Map<String, String> terms, String name) {
        String value = terms.getOrDefault(name, "");
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }
}
