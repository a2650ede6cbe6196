package dev.sluice.sandbox.wallet;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// What the payer sees of a trade.
///
/// @param amount in yuan with two decimals
/// @param status `UNPAID` or `PAID`
/// @param transactionId the provider's number, once paid
@JsonInclude(JsonInclude.Include.NON_NULL)
record Cashier(
        Provider provider,
        String payee,
        String subject,
        String amount,
        @JsonProperty("out_trade_no") String tradeNumber,
        String status,
        @JsonProperty("transaction_id") @Nullable String transactionId) {

    static Cashier of(Trade trade) {
        return new Cashier(
                trade.key().provider(),
                trade.terms().payee(),
                trade.terms().subject(),
                BigDecimal.valueOf(trade.terms().fen(), 2).toPlainString(),
                trade.number(),
                trade.paid() ? "PAID" : "UNPAID",
                trade.paid() ? trade.transactionId() : null);
    }

    /// The values of a page.
    Map<String, String> values(String code) {
        return Map.of(
                "style", provider.name().toLowerCase(Locale.ROOT),
                "provider", switch (provider) {
                    case WECHAT -> "微信支付 WeChat Pay";
                    case ALIPAY -> "支付宝 Alipay";
                },
                "payee", payee,
                "subject", subject,
                "amount", amount,
                "number", tradeNumber,
                "transaction", transactionId == null ? "" : transactionId,
                "code", code);
    }
}
