package dev.sluice.credit.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.HoldReason;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.Purchase;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

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
                insert into ledger.expected (trade_no, user_id, provider, app_id, merchant_id, fen, currency, quota)
                select * from unnest(:tradeNos::text[], :userIds::text[], :providers::text[], :appIds::text[], :merchantIds::text[],
                                     :fens::bigint[], :currencies::text[], :quotas::bigint[])
                    as e (trade_no, user_id, provider, app_id, merchant_id, fen, currency, quota)
                order by trade_no
                on conflict (trade_no) do nothing""")
                .param("tradeNos", texts(orders, order -> order.tradeNumber().value()))
                .param("userIds", texts(orders, order -> topUp(order).userId().value()))
                .param("providers", texts(orders, order -> order.provider().code()))
                .param("appIds", texts(orders, order -> order.merchant().appId()))
                .param("merchantIds", texts(orders, order -> order.merchant().merchantId()))
                .param("fens", numbers(orders, order -> order.money().minorUnits()))
                .param("currencies", texts(orders, order -> order.money().currency().getCurrencyCode()))
                .param("quotas", numbers(orders, order -> topUp(order).quota().units()))
                .update();
    }

    void closeExpected(Map<TradeNumber, OrderClosure> closed) {
        if (closed.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with locked as (
                    select trade_no from ledger.expected where trade_no = any(:tradeNos) order by trade_no for update
                )
                update ledger.expected e set closed_at = c.at, late_payment = c.late_payment
                from unnest(:tradeNos::text[], :latePayments::text[], :ats::timestamptz[]) as c (trade_no, late_payment, at) join locked using (trade_no)
                where e.trade_no = c.trade_no and e.closed_at is null""")
                .param("tradeNos", texts(closed.entrySet(), entry -> entry.getKey().value()))
                .param("latePayments", texts(closed.entrySet(), entry -> entry.getValue().latePayment().name()))
                .param("ats", texts(closed.entrySet(), entry -> entry.getValue().at().toString()))
                .update();
    }

    /// Writes down that payments came.
    ///
    /// @return the payments that were not there before; another worker's that are not committed yet are waited for
    Set<PaymentKey> insertPayments(List<PaymentConfirmed> payments) {
        if (payments.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                insert into ledger.payment (provider, transaction_id, trade_no, fen, currency, paid_at)
                select * from unnest(:providers::text[], :transactionIds::text[], :tradeNos::text[], :fens::bigint[], :currencies::text[], :paidAts::timestamptz[])
                    as p (provider, transaction_id, trade_no, fen, currency, paid_at)
                order by provider, transaction_id
                on conflict (provider, transaction_id) do nothing
                returning provider, transaction_id""")
                .param("providers", texts(payments, payment -> payment.provider().code()))
                .param("transactionIds", texts(payments, payment -> payment.transactionId().value()))
                .param("tradeNos", texts(payments, payment -> payment.tradeNumber().value()))
                .param("fens", numbers(payments, payment -> payment.money().minorUnits()))
                .param("currencies", texts(payments, payment -> payment.money().currency().getCurrencyCode()))
                .param("paidAts", texts(payments, payment -> payment.paidAt().toString()))
                .query((row, _) -> key(row))
                .list());
    }

    Map<TradeNumber, ExpectedOrder> expected(Set<TradeNumber> numbers) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        Map<TradeNumber, ExpectedOrder> found = new HashMap<>();
        jdbc.sql("""
                select trade_no, user_id, provider, app_id, merchant_id, fen, currency, quota, late_payment
                from ledger.expected where trade_no = any(:tradeNos)""")
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
                                    closed(row)));
                });
        return found;
    }

    private static @Nullable LatePayment closed(ResultSet row) throws SQLException {
        String latePayment = row.getString("late_payment");
        return latePayment == null ? null : LatePayment.valueOf(latePayment);
    }

    /// The orders that a payment of theirs has credited. A payment that a person released says nothing here: see [Judgement#of].
    Set<TradeNumber> credited(Set<TradeNumber> numbers) {
        return new HashSet<>(jdbc.sql("select trade_no from ledger.transfer where kind = 'CREDIT' and trade_no = any(:tradeNos)")
                .param("tradeNos", texts(numbers, TradeNumber::value))
                .query((row, _) -> new TradeNumber(row.getString("trade_no")))
                .list());
    }

    void hold(Map<PaymentKey, String> held) {
        if (held.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update ledger.payment p set held = h.reason
                from unnest(:providers::text[], :transactionIds::text[], :reasons::text[]) as h (provider, transaction_id, reason)
                where p.provider = h.provider and p.transaction_id = h.transaction_id""")
                .param("providers", texts(held.keySet(), key -> key.provider().code()))
                .param("transactionIds", texts(held.keySet(), key -> key.transactionId().value()))
                .param("reasons", texts(held.values(), reason -> reason))
                .update();
    }

    /// Moves quota: first the balances, whose rows it locks in order, then the transfers with the balance that each one left.
    void transfer(List<Transfer> credits) {
        if (credits.isEmpty()) {
            return;
        }
        Map<String, Long> balances = addToBalances(credits);
        credits.forEach(credit -> balances.merge(credit.account(), -credit.quota().units(), Math::addExact));
        List<Long> balancesAfter = new ArrayList<>();
        for (Transfer credit : credits) {
            balancesAfter.add(balances.merge(credit.account(), credit.quota().units(), Math::addExact));
        }
        jdbc.sql("""
                insert into ledger.transfer (id, trade_no, kind, ref, debit_account, credit_account, quota, balance_after, late, at)
                select id, trade_no, kind, ref, :issued, credit_account, quota, balance_after, late, at
                from unnest(:ids::uuid[], :tradeNos::text[], :kinds::text[], :refs::text[], :accounts::text[], :quotas::bigint[],
                            :balancesAfter::bigint[], :lates::boolean[], :ats::timestamptz[])
                    as t (id, trade_no, kind, ref, credit_account, quota, balance_after, late, at)""")
                .param("issued", Transfer.ISSUED)
                .param("ids", texts(credits, credit -> credit.transferId().toString()))
                .param("tradeNos", texts(credits, credit -> credit.tradeNumber().value()))
                .param("kinds", texts(credits, credit -> credit.kind().name()))
                .param("refs", texts(credits, Transfer::ref))
                .param("accounts", texts(credits, Transfer::account))
                .param("quotas", numbers(credits, credit -> credit.quota().units()))
                .param("balancesAfter", balancesAfter.toArray(Long[]::new))
                .param("lates", texts(credits, credit -> Boolean.toString(credit.late())))
                .param("ats", texts(credits, credit -> credit.at().toString()))
                .update();
    }

    private Map<String, Long> addToBalances(List<Transfer> credits) {
        Map<String, Long> balances = new HashMap<>();
        jdbc.sql("""
                insert into ledger.account as a (id, balance)
                select id, sum(quota)::bigint from unnest(:accounts::text[], :quotas::bigint[]) as c (id, quota) group by id order by id
                on conflict (id) do update set balance = a.balance + excluded.balance
                returning id, balance""")
                .param("accounts", texts(credits, Transfer::account))
                .param("quotas", numbers(credits, credit -> credit.quota().units()))
                .query(row -> {
                    balances.put(row.getString("id"), row.getLong("balance"));
                });
        return balances;
    }

    /// What the ledger says became of the payments, in the given order.
    Map<PaymentKey, TopUpEvent> outcomes(List<PaymentConfirmed> payments) {
        if (payments.isEmpty()) {
            return Map.of();
        }
        Map<PaymentKey, TopUpEvent> found = new HashMap<>();
        jdbc.sql("""
                select p.provider, p.transaction_id, p.trade_no, p.fen, p.currency, p.held, t.id, t.credit_account, t.quota, t.balance_after, t.late
                from unnest(:providers::text[], :transactionIds::text[]) as asked (provider, transaction_id)
                join ledger.payment p on p.provider = asked.provider and p.transaction_id = asked.transaction_id
                left join ledger.transfer t on t.trade_no = p.trade_no and t.kind = 'CREDIT' and p.held is null""")
                .param("providers", texts(payments, payment -> payment.provider().code()))
                .param("transactionIds", texts(payments, payment -> payment.transactionId().value()))
                .query(row -> {
                    found.put(key(row), outcome(row));
                });
        Map<PaymentKey, TopUpEvent> inOrder = new LinkedHashMap<>();
        payments.forEach(payment -> inOrder.put(PaymentKey.of(payment), Objects.requireNonNull(found.get(PaymentKey.of(payment)))));
        return inOrder;
    }

    private static TopUpEvent outcome(ResultSet row) throws SQLException {
        var tradeNumber = new TradeNumber(row.getString("trade_no"));
        var transactionId = new TransactionId(row.getString("transaction_id"));
        String held = row.getString("held");
        if (held != null) {
            return new PaymentHeld(tradeNumber, new Provider(row.getString("provider")), transactionId, money(row),
                    HoldReason.valueOf(held));
        }
        return new QuotaCredited(
                tradeNumber,
                transactionId,
                Transfer.owner(row.getString("credit_account")),
                new Quota(row.getLong("quota")),
                new Quota(row.getLong("balance_after")),
                row.getObject("id", UUID.class),
                row.getBoolean("late"),
                false);
    }

    private static Purchase.TopUp topUp(OrderCreated order) {
        return switch (order.purchase()) {
            case Purchase.TopUp topUp -> topUp;
        };
    }

    private static PaymentKey key(ResultSet row) throws SQLException {
        return new PaymentKey(new Provider(row.getString("provider")), new TransactionId(row.getString("transaction_id")));
    }

    private static Money money(ResultSet row) throws SQLException {
        return new Money(row.getLong("fen"), Currency.getInstance(row.getString("currency")));
    }

    static <T> String[] texts(Collection<T> all, Function<T, String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }

    private static <T> Long[] numbers(Collection<T> all, ToLongFunction<T> number) {
        return all.stream().mapToLong(number).boxed().toArray(Long[]::new);
    }
}
