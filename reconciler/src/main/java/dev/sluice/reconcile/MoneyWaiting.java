package dev.sluice.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.TradeNumber;
import dev.sluice.event.TransactionId;

/// Money that was confirmed and has had no outcome yet. The worker answers every confirmation with an outcome, also a repeated
/// one, so a row lives for milliseconds; one that stays is money somebody is waiting for.
@Component
class MoneyWaiting {
    private final JdbcClient jdbc;
    private final Clock clock;

    MoneyWaiting(JdbcClient jdbc, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        Gauge.builder("sluice.money.waiting.fen", this, MoneyWaiting::fen).description("Confirmed, and neither credited nor held")
                .register(meters);
        Gauge.builder("sluice.money.waiting.seconds", this, MoneyWaiting::oldestSeconds).description("How long the oldest of it has waited")
                .register(meters);
    }

    void await(PaymentConfirmed payment, Instant since) {
        jdbc.sql("""
                insert into recon.money_waiting (provider, transaction_id, trade_no, fen, currency, since)
                values (:provider, :transactionId, :tradeNo, :fen, :currency, :since::timestamptz)
                on conflict do nothing""")
                .param("provider", payment.provider().name())
                .param("transactionId", payment.transactionId().value())
                .param("tradeNo", payment.tradeNumber().value())
                .param("fen", payment.money().fen())
                .param("currency", payment.money().currency().getCurrencyCode())
                .param("since", since.toString())
                .update();
    }

    void settle(TradeNumber tradeNumber, TransactionId transactionId) {
        jdbc.sql("delete from recon.money_waiting where transaction_id = :transactionId and trade_no = :tradeNo")
                .param("transactionId", transactionId.value())
                .param("tradeNo", tradeNumber.value())
                .update();
    }

    double fen() {
        return jdbc.sql("select coalesce(sum(fen), 0) from recon.money_waiting").query(Double.class).single();
    }

    private double oldestSeconds() {
        return jdbc.sql("select min(since) from recon.money_waiting").query((row, _) -> row.getTimestamp(1)).list().stream()
                .filter(oldest -> oldest != null)
                .mapToDouble(oldest -> Duration.between(oldest.toInstant(), clock.instant()).toMillis() / 1000.0)
                .findFirst()
                .orElse(0);
    }
}
