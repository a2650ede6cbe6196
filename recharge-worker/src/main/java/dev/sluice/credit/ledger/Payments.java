package dev.sluice.credit.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.credit.ledger.LedgerBatch.PaymentArrival;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// The statements about payments, each for a whole batch.
@Component
class Payments {
    private static final String GIVEN = """
            select * from unnest(:providers::text[], :transactionIds::text[], :tradeNos::text[], :minorUnits::bigint[], :currencies::text[],
                                 :paidAts::timestamptz[], :partitions::integer[]) with ordinality
                as g (provider, transaction_id, trade_no, minor_units, currency, paid_at, partition, place)""";

    private final JdbcClient jdbc;

    Payments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Payments that were not in the ledger before.
    ///
    /// @param reused those of them whose transaction was confirmed for another order before: they belong to none
    record Fresh(Set<PaymentKey> all, Set<PaymentKey> reused) {
        static final Fresh NONE = new Fresh(Set.of(), Set.of());
    }

    /// Writes down that payments came. Another worker's that are not committed yet are waited for.
    ///
    /// @param reusedByTheLog those that the log holds as reused: their transaction is another order's, also when that one comes later
    Fresh insert(Collection<PaymentArrival> all, Set<PaymentKey> reusedByTheLog) {
        if (all.isEmpty()) {
            return Fresh.NONE;
        }
        List<PaymentArrival> decided = all.stream().filter(arrival -> reusedByTheLog.contains(arrival.key())).toList();
        List<PaymentArrival> arrivals = all.stream().filter(arrival -> !reusedByTheLog.contains(arrival.key())).toList();
        Set<PaymentKey> fresh = new HashSet<>();
        Set<PaymentKey> known = new HashSet<>();
        statement("""
                with given as (%s),
                inserted as (
                    insert into ledger.payment (provider, transaction_id, trade_no, minor_units, currency, paid_at, partition)
                    select provider, transaction_id, trade_no, minor_units, currency, paid_at, partition from given
                    order by provider, transaction_id, place
                    on conflict do nothing returning provider, transaction_id, trade_no)
                select provider, transaction_id, trade_no, true as fresh from inserted
                union all
                select p.provider, p.transaction_id, p.trade_no, false
                from ledger.payment p join given using (provider, transaction_id, trade_no)""".formatted(GIVEN), arrivals)
                .query(row -> {
                    (row.getBoolean("fresh") ? fresh : known).add(key(row));
                });
        List<PaymentArrival> others = arrivals.stream()
                .filter(arrival -> !fresh.contains(arrival.key()) && !known.contains(arrival.key())).toList();
        Set<PaymentKey> reused = new HashSet<>(insertReused(others, false));
        reused.addAll(insertReused(decided, true));
        fresh.addAll(reused);
        return new Fresh(fresh, reused);
    }

    /// Of those whose transaction another order has; the rest came with another worker a moment ago.
    ///
    /// @param decided whether that is known of all of them
    private Set<PaymentKey> insertReused(Collection<PaymentArrival> arrivals, boolean decided) {
        return arrivals.isEmpty()
                ? Set.of()
                : new HashSet<>(statement("""
                insert into ledger.payment (provider, transaction_id, trade_no, minor_units, currency, paid_at, partition, reused)
                select provider, transaction_id, trade_no, minor_units, currency, paid_at, partition, true from (%s) g
                where :decided or exists (select from ledger.payment p where p.provider = g.provider and p.transaction_id = g.transaction_id
                    and not p.reused and p.trade_no <> g.trade_no)
                order by provider, transaction_id, trade_no
                on conflict do nothing returning provider, transaction_id, trade_no""".formatted(GIVEN), arrivals)
                        .param("decided", decided)
                        .query((row, _) -> key(row)).list());
    }

    private JdbcClient.StatementSpec statement(String sql, Collection<PaymentArrival> arrivals) {
        return jdbc.sql(sql)
                .param("providers", texts(arrivals, arrival -> arrival.payment().provider().code()))
                .param("transactionIds", texts(arrivals, arrival -> arrival.payment().transactionId().value()))
                .param("tradeNos", texts(arrivals, arrival -> arrival.payment().tradeNumber().value()))
                .param("minorUnits", numbers(arrivals, arrival -> arrival.payment().money().minorUnits()))
                .param("currencies", texts(arrivals, arrival -> arrival.payment().money().currency().getCurrencyCode()))
                .param("paidAts", texts(arrivals, arrival -> arrival.payment().paidAt().toString()))
                .param("partitions", arrivals.stream().map(PaymentArrival::partition).toArray(Integer[]::new));
    }

    void hold(Map<PaymentKey, Judgement.Hold> held) {
        if (held.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update ledger.payment p set held = h.reason, refunded = h.refunded
                from unnest(:providers::text[], :transactionIds::text[], :tradeNos::text[], :reasons::text[], :refunded::bigint[])
                    as h (provider, transaction_id, trade_no, reason, refunded)
                where p.provider = h.provider and p.transaction_id = h.transaction_id and p.trade_no = h.trade_no""")
                .param("providers", texts(held.keySet(), key -> key.provider().code()))
                .param("transactionIds", texts(held.keySet(), key -> key.transactionId().value()))
                .param("tradeNos", texts(held.keySet(), key -> key.tradeNumber().value()))
                .param("reasons", texts(held.values(), hold -> hold.reason().name()))
                .param("refunded", numbers(held.values(), hold -> hold.refunded().minorUnits()))
                .update();
    }

    private static PaymentKey key(ResultSet row) throws SQLException {
        return new PaymentKey(new Provider(row.getString("provider")), new TransactionId(row.getString("transaction_id")),
                new TradeNumber(row.getString("trade_no")));
    }
}
