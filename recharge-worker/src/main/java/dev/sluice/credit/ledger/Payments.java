package dev.sluice.credit.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.credit.ledger.LedgerBatch.PaymentArrival;
import dev.sluice.credit.transfer.PaymentKey;
import dev.sluice.event.HoldReason;
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
                                 :appIds::text[], :merchantIds::text[], :paidAts::timestamptz[], :partitions::integer[]) with ordinality
                as g (provider, transaction_id, trade_no, minor_units, currency, app_id, merchant_id, paid_at, partition, place)""";

    private static final String INSERT = """
            with given as (%s),
            held_before as (
                select provider, transaction_id, trade_no, b.reason from ledger.held_before b join given using (provider, transaction_id, trade_no)),
            inserted as (
                insert into ledger.payment (provider, transaction_id, trade_no, minor_units, currency, app_id, merchant_id, paid_at, partition)
                select provider, transaction_id, trade_no, minor_units, currency, app_id, merchant_id, paid_at, partition from given
                where (provider, transaction_id, trade_no) not in (
                    select provider, transaction_id, trade_no from held_before where reason = 'TRANSACTION_REUSED')
                order by provider, transaction_id, place
                on conflict do nothing returning provider, transaction_id, trade_no)
            select provider, transaction_id, trade_no, 'FRESH' as state from inserted
            union all
            select p.provider, p.transaction_id, p.trade_no, 'KNOWN'
            from ledger.payment p join given using (provider, transaction_id, trade_no)
            union all
            select * from held_before""".formatted(GIVEN);

    private final JdbcClient jdbc;

    Payments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Payments that were not in the ledger before.
    ///
    /// @param reused     those of them whose transaction was confirmed for another order before: they belong to none
    /// @param heldBefore those that the log held before they came, and why
    record Fresh(Set<PaymentKey> all, Set<PaymentKey> reused, Map<PaymentKey, HoldReason> heldBefore) {
        static final Fresh NONE = new Fresh(Set.of(), Set.of(), Map.of());
    }

    /// Writes down that payments came. Another worker's that are not committed yet are waited for.
    ///
    /// @param reusedByTheLog those that the log holds as reused: their transaction is another order's, also when that one comes later
    Fresh insert(Collection<PaymentArrival> all, Set<PaymentKey> reusedByTheLog) {
        if (all.isEmpty()) {
            return Fresh.NONE;
        }
        Set<PaymentKey> fresh = new HashSet<>();
        Set<PaymentKey> known = new HashSet<>();
        Map<PaymentKey, HoldReason> heldBefore = new HashMap<>();
        statement(INSERT, arrivals(all, key -> !reusedByTheLog.contains(key)))
                .query(row -> {
                    switch (row.getString("state")) {
                        case "FRESH" -> fresh.add(key(row));
                        case "KNOWN" -> known.add(key(row));
                        default -> heldBefore.put(key(row), HoldReason.valueOf(row.getString("state")));
                    }
                });
        known.addAll(fresh);
        Predicate<PaymentKey> decided = key -> reusedByTheLog.contains(key) || heldBefore.get(key) == HoldReason.TRANSACTION_REUSED;
        Set<PaymentKey> reused = new HashSet<>(insertReused(arrivals(all, key -> !known.contains(key) && !decided.test(key)), false));
        reused.addAll(insertReused(arrivals(all, key -> !known.contains(key) && decided.test(key)), true));
        fresh.addAll(reused);
        return new Fresh(fresh, reused, heldBefore);
    }

    private static List<PaymentArrival> arrivals(Collection<PaymentArrival> all, Predicate<PaymentKey> wanted) {
        return all.stream().filter(arrival -> wanted.test(arrival.key())).toList();
    }

    /// Of those whose transaction another order has; the rest came with another worker a moment ago.
    ///
    /// @param decided whether that is known of all of them
    private Set<PaymentKey> insertReused(Collection<PaymentArrival> arrivals, boolean decided) {
        return arrivals.isEmpty()
                ? Set.of()
                : new HashSet<>(statement("""
                insert into ledger.payment
                    (provider, transaction_id, trade_no, minor_units, currency, app_id, merchant_id, paid_at, partition, reused)
                select provider, transaction_id, trade_no, minor_units, currency, app_id, merchant_id, paid_at, partition, true from (%s) g
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
                .param("appIds", texts(arrivals, arrival -> arrival.payment().merchant().appId()))
                .param("merchantIds", texts(arrivals, arrival -> arrival.payment().merchant().merchantId()))
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
