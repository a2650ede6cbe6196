package dev.sluice.reconcile.unsettled;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.DecodedRecord.Fact;
import dev.sluice.log.follow.LogRecord;

/// Money that was confirmed and has had no outcome yet, usually for milliseconds; what stays is money that a payer waits for. A payment is
/// kept as settled, because it may be confirmed again long after its one outcome.
@Component
public class UnsettledPayments {
    private final JdbcClient jdbc;

    public UnsettledPayments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Outcome(TradeNumber tradeNumber, TransactionId transactionId) {}

    private record Payment(Provider provider, TransactionId transactionId, TradeNumber tradeNumber) {}

    private record Waiting(PaymentConfirmed payment, Instant since) {}

    /// How much money waits.
    ///
    /// @param fen    the sum
    /// @param oldest since when the oldest of it waits
    public record Sum(double fen, Optional<Instant> oldest) {}

    /// Applies a poll's facts: with one statement for the payments, and one for the outcomes.
    public void apply(List<LogRecord> records) {
        Set<Outcome> settled = new LinkedHashSet<>();
        Map<Payment, Waiting> waiting = new LinkedHashMap<>();
        for (LogRecord record : records) {
            if (record.content() instanceof Fact fact) {
                switch (fact.event()) {
                    case PaymentConfirmed payment ->
                        waiting.putIfAbsent(new Payment(payment.provider(), payment.transactionId(), payment.tradeNumber()),
                                new Waiting(payment, fact.at()));
                    case QuotaCredited credited -> settled.add(new Outcome(credited.tradeNumber(), credited.transactionId()));
                    case PaymentHeld held -> settled.add(new Outcome(held.tradeNumber(), held.transactionId()));
                    case OrderCreated _,OrderClosed _,CheckRequested _,CancelRequested _,HoldResolved _ -> {
                    }
                }
            }
        }
        insert(waiting.values());
        settle(List.copyOf(settled));
    }

    private void settle(List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update recon.payment p set settled = true
                from unnest(:tradeNos::text[], :transactionIds::text[]) as o (trade_no, transaction_id)
                where p.trade_no = o.trade_no and p.transaction_id = o.transaction_id and not p.settled""")
                .param("tradeNos", texts(outcomes, outcome -> outcome.tradeNumber().value()))
                .param("transactionIds", texts(outcomes, outcome -> outcome.transactionId().value()))
                .update();
    }

    private void insert(Collection<Waiting> waiting) {
        if (waiting.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into recon.payment (provider, transaction_id, trade_no, minor_units, currency, since)
                select * from unnest(:providers::text[], :transactionIds::text[], :tradeNos::text[], :minorUnits::bigint[],
                    :currencies::text[], :sinces::timestamptz[])
                on conflict do nothing""")
                .param("providers", texts(waiting, each -> each.payment().provider().code()))
                .param("transactionIds", texts(waiting, each -> each.payment().transactionId().value()))
                .param("tradeNos", texts(waiting, each -> each.payment().tradeNumber().value()))
                .param("minorUnits", waiting.stream().map(each -> each.payment().money().minorUnits()).toArray(Long[]::new))
                .param("currencies", texts(waiting, each -> each.payment().money().currency().getCurrencyCode()))
                .param("sinces", texts(waiting, each -> each.since().toString()))
                .update();
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    public Sum sum() {
        return jdbc.sql("select coalesce(sum(minor_units), 0) as fen, min(since) as oldest from recon.payment where not settled")
                .query((row, _) -> new Sum(row.getDouble("fen"),
                        Optional.ofNullable(row.getTimestamp("oldest")).map(oldest -> oldest.toInstant())))
                .single();
    }
}
