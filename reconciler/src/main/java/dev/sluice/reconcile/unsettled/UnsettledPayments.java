package dev.sluice.reconcile.unsettled;

import java.time.Instant;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

/// Money that was confirmed and has had no outcome yet. The worker answers every confirmation with an outcome, also a repeated
/// one, so a row lives for milliseconds; one that stays is money somebody is waiting for.
@Component
public class UnsettledPayments {
    private final JdbcClient jdbc;

    UnsettledPayments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void await(PaymentConfirmed payment, Instant since) {
        jdbc.sql("""
                insert into recon.money_waiting (provider, transaction_id, trade_no, fen, currency, since)
                values (:provider, :transactionId, :tradeNo, :fen, :currency, :since::timestamptz)
                on conflict do nothing""")
                .param("provider", payment.provider().code())
                .param("transactionId", payment.transactionId().value())
                .param("tradeNo", payment.tradeNumber().value())
                .param("fen", payment.money().minorUnits())
                .param("currency", payment.money().currency().getCurrencyCode())
                .param("since", since.toString())
                .update();
    }

    public void settle(TradeNumber tradeNumber, TransactionId transactionId) {
        jdbc.sql("delete from recon.money_waiting where transaction_id = :transactionId and trade_no = :tradeNo")
                .param("transactionId", transactionId.value())
                .param("tradeNo", tradeNumber.value())
                .update();
    }

    public double fen() {
        return jdbc.sql("select coalesce(sum(fen), 0) from recon.money_waiting").query(Double.class).single();
    }

    /// Since when the oldest of it waits.
    public Optional<Instant> oldest() {
        return jdbc.sql("select since from recon.money_waiting order by since limit 1")
                .query((row, _) -> row.getTimestamp("since").toInstant()).optional();
    }
}
