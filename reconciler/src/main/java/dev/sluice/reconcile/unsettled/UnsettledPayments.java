package dev.sluice.reconcile.unsettled;

import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.DecodedRecord.Fact;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.reconcile.unsettled.PollOutcomes.Decided;
import dev.sluice.reconcile.unsettled.PollOutcomes.Payment;

import static dev.sluice.log.row.Columns.texts;

/// Money that was confirmed and has had no outcome yet, usually for milliseconds; what stays is money that a payer waits for. A payment is
/// kept with its outcome, because it may be confirmed again long after its one outcome.
@Component
public class UnsettledPayments {
    private final JdbcClient jdbc;

    public UnsettledPayments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Waiting(PaymentConfirmed payment, Instant since) {}

    /// How much money waits.
    ///
    /// @param fen    the sum
    /// @param oldest since when the oldest of it waits
    public record Sum(double fen, Optional<Instant> oldest) {}

    /// Applies a poll's facts: with one statement for the payments, and one for the outcomes.
    ///
    /// @return what was known of the payments before these records
    public PollOutcomes apply(List<LogRecord> records) {
        var decided = new PollOutcomes(Map.of());
        Map<Payment, Waiting> waiting = new LinkedHashMap<>();
        for (LogRecord record : records) {
            if (record.content() instanceof Fact fact) {
                if (fact.event() instanceof PaymentConfirmed payment) {
                    waiting.putIfAbsent(Payment.of(payment), new Waiting(payment, fact.at()));
                }
                decided.read(fact.event());
            }
        }
        Map<Payment, PaymentOutcome> before = insert(waiting.values());
        settle(decided.since());
        return new PollOutcomes(before);
    }

    private void settle(Map<Decided, PaymentOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update recon.payment p set outcome = o.outcome
                from unnest(:tradeNos::text[], :transactionIds::text[], :outcomes::text[]) as o (trade_no, transaction_id, outcome)
                where p.trade_no = o.trade_no and p.transaction_id = o.transaction_id and p.outcome <> 'SETTLES_ORDER'""")
                .param("tradeNos", texts(outcomes.keySet(), decided -> decided.tradeNumber().value()))
                .param("transactionIds", texts(outcomes.keySet(), decided -> decided.transactionId().value()))
                .param("outcomes", texts(outcomes.values(), PaymentOutcome::name))
                .update();
    }

    /// @return the outcomes of those that were known
    private Map<Payment, PaymentOutcome> insert(Collection<Waiting> waiting) {
        if (waiting.isEmpty()) {
            return Map.of();
        }
        // The last part sees the payments as they were before.
        return jdbc.sql("""
                with confirmed as (
                    select * from unnest(:providers::text[], :transactionIds::text[], :tradeNos::text[], :minorUnits::bigint[],
                        :currencies::text[], :sinces::timestamptz[], :refunded::bigint[])
                        as c (provider, transaction_id, trade_no, minor_units, currency, since, refunded_units)),
                added as (
                    insert into recon.payment (provider, transaction_id, trade_no, minor_units, currency, since, refunded_units)
                    select * from confirmed on conflict do nothing)
                select p.provider, p.transaction_id, p.trade_no, p.outcome
                from recon.payment p join confirmed using (provider, transaction_id, trade_no)""")
                .param("providers", texts(waiting, each -> each.payment().provider().code()))
                .param("transactionIds", texts(waiting, each -> each.payment().transactionId().value()))
                .param("tradeNos", texts(waiting, each -> each.payment().tradeNumber().value()))
                .param("minorUnits", waiting.stream().map(each -> each.payment().money().minorUnits()).toArray(Long[]::new))
                .param("currencies", texts(waiting, each -> each.payment().money().currency().getCurrencyCode()))
                .param("sinces", texts(waiting, each -> each.since().toString()))
                .param("refunded", waiting.stream().map(each -> each.payment().refunded().minorUnits()).toArray(Long[]::new))
                .query((row, _) -> Map.entry(
                        new Payment(new Provider(row.getString("provider")), new TransactionId(row.getString("transaction_id")),
                                new TradeNumber(row.getString("trade_no"))),
                        PaymentOutcome.valueOf(row.getString("outcome"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// What is known of a payment; none also when it was never confirmed.
    public PaymentOutcome outcome(Provider provider, TransactionId transactionId, TradeNumber tradeNumber) {
        return jdbc.sql("""
                select outcome from recon.payment
                where provider = :provider and transaction_id = :transactionId and trade_no = :tradeNo""")
                .param("provider", provider.code())
                .param("transactionId", transactionId.value())
                .param("tradeNo", tradeNumber.value())
                .query((row, _) -> PaymentOutcome.valueOf(row.getString("outcome")))
                .optional()
                .orElse(PaymentOutcome.NONE);
    }

    /// A payment that was confirmed for an order.
    ///
    /// @param refunded what of it had been refunded by then
    public record Confirmed(Provider provider, TransactionId transactionId, Money refunded) {}

    /// The payments of an order at a provider.
    public List<Confirmed> of(TradeNumber tradeNumber, Provider provider) {
        return jdbc.sql("select * from recon.payment where trade_no = :tradeNo and provider = :provider order by since, transaction_id")
                .param("tradeNo", tradeNumber.value())
                .param("provider", provider.code())
                .query((row, _) -> new Confirmed(provider, new TransactionId(row.getString("transaction_id")),
                        new Money(row.getLong("refunded_units"), Currency.getInstance(row.getString("currency")))))
                .list();
    }

    public Sum sum() {
        return jdbc.sql("select coalesce(sum(minor_units), 0) as fen, min(since) as oldest from recon.payment where outcome = 'NONE'")
                .query((row, _) -> new Sum(row.getDouble("fen"),
                        Optional.ofNullable(row.getTimestamp("oldest")).map(oldest -> oldest.toInstant())))
                .single();
    }
}
