package dev.sluice.sandbox.wallet;

import java.math.BigDecimal;

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
        var terms = trade.terms();
        return new Cashier(
                terms.key().provider(),
                terms.payee(),
                terms.subject(),
                BigDecimal.valueOf(terms.fen(), 2).toPlainString(),
                terms.key().number(),
                trade.paid() ? "PAID" : "UNPAID",
                trade.paid() ? trade.transactionId() : null);
    }
}
