package dev.sluice.credit.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.credit.ledger.LedgerBatch.OrderClosure;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.Purchase;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// The statements of the ledger, each for a whole batch. Rows are taken in the order of their keys wherever they are locked,
/// so that two workers cannot wait for each other.
@Component
class LedgerStatements {
    private final JdbcClient jdbc;

    LedgerStatements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insertExpected(List<OrderCreated> orders) {
        if (orders.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into ledger.expected (trade_no, user_id, provider, app_id, merchant_id, minor_units, currency, quota)
                select * from unnest(:tradeNos::text[], :userIds::text[], :providers::text[], :appIds::text[], :merchantIds::text[],
                                     :minorUnits::bigint[], :currencies::text[], :quotas::bigint[])
                    as e (trade_no, user_id, provider, app_id, merchant_id, minor_units, currency, quota)
                order by trade_no
                on conflict (trade_no) do nothing""")
                .param("tradeNos", texts(orders, order -> order.tradeNumber().value()))
                .param("userIds", texts(orders, order -> topUp(order).userId().value()))
                .param("providers", texts(orders, order -> order.provider().code()))
                .param("appIds", texts(orders, order -> order.merchant().appId()))
                .param("merchantIds", texts(orders, order -> order.merchant().merchantId()))
                .param("minorUnits", numbers(orders, order -> order.money().minorUnits()))
                .param("currencies", texts(orders, order -> order.money().currency().getCurrencyCode()))
                .param("quotas", numbers(orders, order -> topUp(order).quota().units()))
                .update();
    }

    /// The first closing counts, and a refund of the payment whenever it comes.
    void closeExpected(Map<TradeNumber, OrderClosure> closed) {
        if (closed.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with locked as (
                    select trade_no from ledger.expected where trade_no = any(:tradeNos) order by trade_no for update
                )
                update ledger.expected e set closed_at = coalesce(e.closed_at, c.at), late_payment = c.late_payment,
                    refunded = e.refunded or c.refunded
                from unnest(:tradeNos::text[], :latePayments::text[], :refunded::boolean[], :ats::timestamptz[])
                    as c (trade_no, late_payment, refunded, at) join locked using (trade_no)
                where e.trade_no = c.trade_no and (e.closed_at is null or c.refunded)""")
                .param("tradeNos", texts(closed.entrySet(), entry -> entry.getKey().value()))
                .param("latePayments", texts(closed.entrySet(), entry -> entry.getValue().latePayment().name()))
                .param("refunded", closed.values().stream().map(OrderClosure::refunded).toArray(Boolean[]::new))
                .param("ats", texts(closed.entrySet(), entry -> entry.getValue().at().toString()))
                .update();
    }

    /// What orders promised.
    ///
    /// @param credited those that a payment of theirs has credited. One that an operator released does not count: see [Judgement#of]
    record Promises(Map<TradeNumber, ExpectedOrder> orders, Set<TradeNumber> credited) {}

    Promises promises(Set<TradeNumber> numbers) {
        if (numbers.isEmpty()) {
            return new Promises(Map.of(), Set.of());
        }
        Map<TradeNumber, ExpectedOrder> found = new HashMap<>();
        Set<TradeNumber> credited = new HashSet<>();
        jdbc.sql("""
                select trade_no, user_id, provider, app_id, merchant_id, minor_units, currency, quota, late_payment, refunded,
                    exists (select from ledger.transfer t where t.trade_no = e.trade_no and t.kind = 'CREDIT') as credited
                from ledger.expected e where trade_no = any(:tradeNos)""")
                .param("tradeNos", texts(numbers, TradeNumber::value))
                .query(row -> {
                    found.put(
                            new TradeNumber(row.getString("trade_no")),
                            new ExpectedOrder(
                                    new UserId(row.getString("user_id")),
                                    new Provider(row.getString("provider")),
                                    new Merchant(row.getString("app_id"), row.getString("merchant_id")),
                                    money(row),
                                    new Quota(row.getLong("quota")),
                                    closed(row),
                                    row.getBoolean("refunded")));
                    if (row.getBoolean("credited")) {
                        credited.add(new TradeNumber(row.getString("trade_no")));
                    }
                });
        return new Promises(found, credited);
    }

    private static @Nullable LatePayment closed(ResultSet row) throws SQLException {
        String latePayment = row.getString("late_payment");
        return latePayment == null ? null : LatePayment.valueOf(latePayment);
    }

    private static Purchase.TopUp topUp(OrderCreated order) {
        return switch (order.purchase()) {
            case Purchase.TopUp topUp -> topUp;
        };
    }

    static Money money(ResultSet row) throws SQLException {
        return new Money(row.getLong("minor_units"), Currency.getInstance(row.getString("currency")));
    }
}
