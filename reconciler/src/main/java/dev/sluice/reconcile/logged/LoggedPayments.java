package dev.sluice.reconcile.logged;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.provider.bill.BillRow;
import dev.sluice.provider.wire.BeijingTime;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// Orders, payments and their outcomes, each with one statement for a poll. A payment that is credited closes its difference.
@Component
public class LoggedPayments {
    private final JdbcClient jdbc;

    public LoggedPayments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Payment(TradeNumber tradeNumber, TransactionId transactionId) {}

    /// @param quota of a credited one
    private record Outcome(Payment payment, boolean credited, long quota, Instant at) {}

    /// Applies a poll's facts.
    public void apply(List<LogRecord> records) {
        Map<TradeNumber, OrderCreated> orders = new LinkedHashMap<>();
        Map<UUID, PaymentConfirmed> payments = new LinkedHashMap<>();
        Map<Payment, Outcome> outcomes = new LinkedHashMap<>();
        for (LogRecord record : records) {
            if (record.content() instanceof DecodedRecord.Fact fact) {
                TopUpEvent event = fact.event();
                if (event instanceof OrderCreated order) {
                    orders.putIfAbsent(order.tradeNumber(), order);
                } else if (event instanceof PaymentConfirmed payment) {
                    payments.putIfAbsent(identity(payment), payment);
                } else if (event instanceof QuotaCredited credited) {
                    var of = new Payment(credited.tradeNumber(), credited.transactionId());
                    outcomes.put(of, new Outcome(of, true, credited.quota().units(), fact.at()));
                } else if (event instanceof PaymentHeld held) {
                    var of = new Payment(held.tradeNumber(), held.transactionId());
                    outcomes.putIfAbsent(of, new Outcome(of, false, 0, fact.at()));
                }
            }
        }
        insertOrders(orders.values());
        insertPayments(payments);
        settle(outcomes.values());
    }

    private static UUID identity(PaymentConfirmed payment) {
        return BillRow.identity(payment.provider(), BillRow.Kind.PAYMENT, payment.transactionId().value(), payment.tradeNumber().value());
    }

    private void insertOrders(Collection<OrderCreated> orders) {
        if (orders.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into recon.logged_order (trade_no, provider, app_id, account, minor_units, currency, created_at)
                select * from unnest(:tradeNos::text[], :providers::text[], :appIds::text[], :accounts::text[], :minorUnits::bigint[],
                    :currencies::text[], :createdAts::timestamptz[])
                on conflict do nothing""")
                .param("tradeNos", texts(orders, order -> order.tradeNumber().value()))
                .param("providers", texts(orders, order -> order.provider().code()))
                .param("appIds", texts(orders, order -> order.merchant().appId()))
                .param("accounts", texts(orders, order -> order.merchant().merchantId()))
                .param("minorUnits", numbers(orders, order -> order.money().minorUnits()))
                .param("currencies", texts(orders, order -> order.money().currency().getCurrencyCode()))
                .param("createdAts", texts(orders, order -> order.createdAt().toString()))
                .update();
    }

    private void insertPayments(Map<UUID, PaymentConfirmed> byIdentity) {
        if (byIdentity.isEmpty()) {
            return;
        }
        Collection<PaymentConfirmed> payments = byIdentity.values();
        jdbc.sql("""
                insert into recon.logged_payment (identity, provider, account, transaction_id, trade_no, minor_units, currency, day)
                select * from unnest(:identities::uuid[], :providers::text[], :accounts::text[], :transactionIds::text[], :tradeNos::text[],
                    :minorUnits::bigint[], :currencies::text[], :days::date[])
                on conflict do nothing""")
                .param("identities", texts(byIdentity.keySet(), UUID::toString))
                .param("providers", texts(payments, payment -> payment.provider().code()))
                .param("accounts", texts(payments, payment -> payment.merchant().merchantId()))
                .param("transactionIds", texts(payments, payment -> payment.transactionId().value()))
                .param("tradeNos", texts(payments, payment -> payment.tradeNumber().value()))
                .param("minorUnits", numbers(payments, payment -> payment.money().minorUnits()))
                .param("currencies", texts(payments, payment -> payment.money().currency().getCurrencyCode()))
                .param("days", texts(payments, payment -> BeijingTime.dateOf(payment.paidAt()).toString()))
                .update();
    }

    private void settle(Collection<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with outcome as (
                    select * from unnest(:tradeNos::text[], :transactionIds::text[], :outcomes::text[], :quotas::bigint[],
                        :ats::timestamptz[]) as o (trade_no, transaction_id, outcome, quota, at)),
                settled as (
                    update recon.logged_payment p set outcome = o.outcome, quota = o.quota,
                        credited_at = case when o.outcome = 'CREDITED' then o.at end
                    from outcome o
                    where p.trade_no = o.trade_no and p.transaction_id = o.transaction_id and p.outcome <> 'CREDITED'
                    returning p.identity, o.at)
                update recon.discrepancy d set closed_at = s.at from settled s
                where d.identity = s.identity and d.kind = 'PaidNotCredited' and d.closed_at is null""")
                .param("tradeNos", texts(outcomes, outcome -> outcome.payment().tradeNumber().value()))
                .param("transactionIds", texts(outcomes, outcome -> outcome.payment().transactionId().value()))
                .param("outcomes", texts(outcomes, outcome -> outcome.credited() ? "CREDITED" : "HELD"))
                .param("quotas", numbers(outcomes, outcome -> outcome.credited() ? Long.valueOf(outcome.quota()) : null))
                .param("ats", texts(outcomes, outcome -> Objects.toString(outcome.at())))
                .update();
    }
}
