package dev.sluice.credit.refund;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.credit.transfer.Account;
import dev.sluice.credit.transfer.PaymentKey;
import dev.sluice.credit.transfer.Transfers;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.RefundEvent.Payment;
import dev.sluice.event.RefundEvent.Refusal;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.log.follow.View;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// Books refunds, a batch at a time, inside the transaction of the ledger.
@Component
public class Refunds {
    private final JdbcClient jdbc;
    private final Transfers transfers;
    private final RefundPublications publications;

    public Refunds(JdbcClient jdbc, Transfers transfers) {
        this.jdbc = jdbc;
        this.transfers = transfers;
        publications = new RefundPublications(jdbc);
    }

    /// The users' accounts that refunds of these orders may move quota of, as far as the orders were credited before.
    public Set<Account> accounts(Set<TradeNumber> orders) {
        return orders.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql("""
                select distinct credit_account from ledger.transfer
                where trade_no = any(:tradeNos) and kind in ('CREDIT', 'RELEASE')""")
                        .param("tradeNos", texts(orders, TradeNumber::value))
                        .query((row, _) -> new Account(row.getString("credit_account")))
                        .list());
    }

    /// Books records about refunds, each as if it came alone.
    ///
    /// @param records facts about refunds, in the order of their partitions
    /// @throws View.Contradiction when an outcome in the log is not what this ledger decided
    public List<RefundOutcome> book(List<LogRecord> records) {
        Set<TradeNumber> orders = records.stream().flatMap(record -> record.event().stream()).map(TopUpEvent::tradeNumber)
                .collect(Collectors.toSet());
        Map<PaymentKey, RefundedPayment> payments = payments(orders);
        Map<Account, Long> balances = transfers.lock(payments.values().stream().map(RefundedPayment::credited).filter(Objects::nonNull)
                .map(share -> Account.of(share.userId())).collect(Collectors.toSet()));
        var book = new RefundBook(payments, refunds(orders), balances);
        for (LogRecord record : records) {
            if (record.content() instanceof DecodedRecord.Fact fact && fact.event() instanceof RefundEvent event) {
                book.apply(event, fact.at(), record.partition());
            }
        }
        save(book.changed());
        transfers.move(book.transfers(), balances);
        List<LogRecord> contradicting = publications.found(records);
        if (!contradicting.isEmpty()) {
            throw new View.Contradiction(contradicting);
        }
        return book.outcomes();
    }

    /// The outcomes of those partitions that are not known to be in the log.
    public List<RefundPublications.Missing> missing(Set<Integer> partitions) {
        return publications.missing(partitions);
    }

    private Map<PaymentKey, RefundedPayment> payments(Set<TradeNumber> orders) {
        Map<PaymentKey, RefundedPayment> found = new HashMap<>();
        jdbc.sql("""
                select p.provider, p.transaction_id, p.trade_no, p.minor_units, p.currency, p.refunded, p.resolved, t.credit_account, t.quota
                from ledger.payment p
                left join ledger.transfer t on t.trade_no = p.trade_no and (t.kind = 'CREDIT' and p.held is null
                    or t.kind = 'RELEASE' and t.ref = p.provider || ' ' || p.transaction_id)
                where p.trade_no = any(:tradeNos)""")
                .param("tradeNos", texts(orders, TradeNumber::value))
                .query(row -> {
                    Money money = money(row);
                    String account = row.getString("credit_account");
                    found.put(paymentKey(row), new RefundedPayment(money, new Money(row.getLong("refunded"), money.currency()),
                            "REFUND".equals(row.getString("resolved")),
                            account == null ? null : new Refund.Share(new Account(account).user(), new Quota(row.getLong("quota")))));
                });
        return found;
    }

    private Map<RefundKey, Refund> refunds(Set<TradeNumber> orders) {
        return jdbc.sql("""
                select trade_no, refund_no, provider, transaction_id, minor_units, currency, state, user_id, quota, refusal, needs_approval,
                    reason, partition
                from ledger.refund where trade_no = any(:tradeNos) order by trade_no, refund_no""")
                .param("tradeNos", texts(orders, TradeNumber::value))
                .query((row, _) -> refund(row))
                .list().stream().collect(Collectors.toMap(Refund::key, refund -> refund));
    }

    static Refund refund(ResultSet row) throws SQLException {
        PaymentKey payment = paymentKey(row);
        String reason = row.getString("reason");
        String refusal = row.getString("refusal");
        return new Refund(new RefundKey(payment.tradeNumber(), new RefundNumber(row.getString("refund_no"))),
                new Payment(payment.provider(), payment.transactionId()), money(row), RefundState.valueOf(row.getString("state")),
                share(row),
                refusal == null ? null : Refusal.valueOf(refusal),
                reason == null ? null : new Refund.Request(row.getBoolean("needs_approval"), reason), row.getInt("partition"));
    }

    private static Refund.@Nullable Share share(ResultSet row) throws SQLException {
        long quota = row.getLong("quota");
        return quota == 0 ? null : new Refund.Share(new UserId(row.getString("user_id")), new Quota(quota));
    }

    private static PaymentKey paymentKey(ResultSet row) throws SQLException {
        return new PaymentKey(new Provider(row.getString("provider")), new TransactionId(row.getString("transaction_id")),
                new TradeNumber(row.getString("trade_no")));
    }

    private static Money money(ResultSet row) throws SQLException {
        return new Money(row.getLong("minor_units"), Currency.getInstance(row.getString("currency")));
    }

    private void save(List<Refund> changed) {
        if (changed.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into ledger.refund as r (trade_no, refund_no, provider, transaction_id, minor_units, currency, state, user_id, quota,
                    refusal, needs_approval, reason, partition, published, returned_published, taken_published)
                select trade_no, refund_no, provider, transaction_id, minor_units, currency, state, user_id, quota, refusal, needs_approval,
                    reason, partition, needs_approval is null, case when returns then false end, case when takes then false end
                from unnest(:tradeNos::text[], :refundNos::text[], :providers::text[], :transactionIds::text[], :minorUnits::bigint[],
                    :currencies::text[], :states::text[], :userIds::text[], :quotas::bigint[], :refusals::text[], :approvals::boolean[],
                    :reasons::text[], :partitions::integer[], :returns::boolean[], :takes::boolean[])
                    as c (trade_no, refund_no, provider, transaction_id, minor_units, currency, state, user_id, quota, refusal,
                        needs_approval, reason, partition, returns, takes)
                order by trade_no, refund_no
                on conflict (trade_no, refund_no) do update set state = excluded.state, user_id = excluded.user_id, quota = excluded.quota,
                    returned_published = coalesce(r.returned_published, excluded.returned_published),
                    taken_published = coalesce(r.taken_published, excluded.taken_published)""")
                .param("tradeNos", texts(changed, refund -> refund.key().tradeNumber().value()))
                .param("refundNos", texts(changed, refund -> refund.key().refundNumber().value()))
                .param("providers", texts(changed, refund -> refund.payment().provider().code()))
                .param("transactionIds", texts(changed, refund -> refund.payment().transactionId().value()))
                .param("minorUnits", numbers(changed, refund -> refund.money().minorUnits()))
                .param("currencies", texts(changed, refund -> refund.money().currency().getCurrencyCode()))
                .param("states", texts(changed, refund -> refund.state().name()))
                .param("userIds", changed.stream().map(Refund::share).map(share -> share == null ? null : share.userId().value())
                        .toArray(String[]::new))
                .param("quotas", numbers(changed, Refund::quota))
                .param("refusals", changed.stream().map(Refund::refusal).map(refusal -> refusal == null ? null : refusal.name())
                        .toArray(String[]::new))
                .param("approvals", changed.stream().map(Refund::request).map(request -> request == null ? null : request.needsApproval())
                        .toArray(Boolean[]::new))
                .param("reasons", changed.stream().map(Refund::request).map(request -> request == null ? null : request.reason())
                        .toArray(String[]::new))
                .param("partitions", changed.stream().map(Refund::partition).toArray(Integer[]::new))
                .param("returns",
                        changed.stream().map(refund -> refund.share() != null && refund.state().returnsQuota()).toArray(Boolean[]::new))
                .param("takes", changed.stream().map(refund -> refund.share() != null && refund.state().hasTaken()).toArray(Boolean[]::new))
                .update();
    }
}
