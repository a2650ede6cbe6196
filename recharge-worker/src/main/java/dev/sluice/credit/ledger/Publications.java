package dev.sluice.credit.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.credit.ledger.Ledger.Unpublished;
import dev.sluice.credit.transfer.Account;
import dev.sluice.credit.transfer.Transfer;
import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldReason;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;

import static dev.sluice.credit.ledger.LedgerStatements.money;
import static dev.sluice.log.row.Columns.texts;

/// The statements about which outcomes stand in the log.
@Component
class Publications {
    /// Marks what is in the log as published, and names what the ledger decided otherwise. A held payment that it does not have yet is noted.
    private static final String FOUND = """
            with credited as (
                select * from unnest(:creditedTradeNos::text[], :creditedTransactionIds::text[], :releases::boolean[])
                    as c (trade_no, transaction_id, release)),
            held_now as (
                select * from unnest(:providers::text[], :transactionIds::text[], :tradeNos::text[], :reasons::text[])
                    as h (provider, transaction_id, trade_no, reason)),
            found as (
                select p.provider, p.transaction_id, p.trade_no, not c.release as outcome, c.release and p.release_published is not null as release,
                    case when c.release then p.release_published is null else p.held is not null end as contradicts
                from ledger.payment p join credited c on p.trade_no = c.trade_no and p.transaction_id = c.transaction_id
                    and (c.release or p.held is distinct from 'PROVIDER_MISMATCH')
                union all
                select p.provider, p.transaction_id, p.trade_no, true, false, p.held is null
                from ledger.payment p join held_now using (provider, transaction_id, trade_no)),
            each as (
                select provider, transaction_id, trade_no, bool_or(outcome) as outcome, bool_or(release) as release, bool_or(contradicts) as contradicts
                from found
                group by provider, transaction_id, trade_no),
            held_before as (
                insert into ledger.held_before (provider, transaction_id, trade_no, reason)
                select h.* from held_now h where not exists (select from ledger.payment p where p.provider = h.provider
                    and p.transaction_id = h.transaction_id and p.trade_no = h.trade_no)
                order by provider, transaction_id, trade_no on conflict do nothing),
            locked as (
                select p.provider, p.transaction_id, p.trade_no from ledger.payment p join each using (provider, transaction_id, trade_no)
                order by p.provider, p.transaction_id, p.trade_no for update of p)
            update ledger.payment p
            set published = p.published or each.outcome, release_published = p.release_published or each.release
            from each join locked using (provider, transaction_id, trade_no)
            where p.provider = each.provider and p.transaction_id = each.transaction_id and p.trade_no = each.trade_no
            returning p.trade_no, p.transaction_id, each.contradicts""";

    private final JdbcClient jdbc;

    Publications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Outcomes that are not known to be in the log.
    ///
    /// @param ofRefunds whether refunds have some, too
    record Missing(List<Unpublished> outcomes, boolean ofRefunds) {}

    Missing missing(Set<Integer> partitions) {
        List<Optional<Unpublished>> found = jdbc.sql("""
                select p.partition, p.provider, p.transaction_id, p.trade_no, p.minor_units, p.currency, p.refunded, p.held, t.kind, t.id,
                       t.credit_account, t.quota, t.balance_after, t.late
                from ledger.payment p
                left join ledger.transfer t on t.trade_no = p.trade_no and t.kind = 'CREDIT' and p.held is null
                where p.partition = any(:partitions) and not p.published
                union all
                select p.partition, p.provider, p.transaction_id, p.trade_no, p.minor_units, p.currency, p.refunded, p.held, t.kind, t.id,
                       t.credit_account, t.quota, t.balance_after, t.late
                from ledger.payment p
                join ledger.transfer t on t.trade_no = p.trade_no and t.kind = 'RELEASE' and t.ref = p.provider || ' ' || p.transaction_id
                where p.partition = any(:partitions) and not p.release_published
                union all
                (select r.partition, r.provider, r.transaction_id, r.trade_no, 0, '', 0, '', 'REFUND', null, null, 0, 0, false
                from ledger.refund r
                where r.partition = any(:partitions) and (not r.published or not r.returned_published or not r.taken_published)
                limit 1)""")
                .param("partitions", partitions.toArray(Integer[]::new))
                .query((row, _) -> "REFUND".equals(row.getString("kind"))
                        ? Optional.<Unpublished>empty()
                        : Optional.of(new Unpublished(outcome(row), row.getInt("partition"))))
                .list();
        return new Missing(found.stream().flatMap(Optional::stream).toList(), found.contains(Optional.<Unpublished>empty()));
    }

    private static TopUpEvent outcome(ResultSet row) throws SQLException {
        var tradeNumber = new TradeNumber(row.getString("trade_no"));
        var transactionId = new TransactionId(row.getString("transaction_id"));
        String kind = row.getString("kind");
        if (kind == null) {
            Money money = money(row);
            return new PaymentHeld(tradeNumber, new Provider(row.getString("provider")), transactionId, money,
                    new Money(row.getLong("refunded"), money.currency()), HoldReason.valueOf(row.getString("held")));
        }
        return new QuotaCredited(tradeNumber, transactionId, new Account(row.getString("credit_account")).user(),
                new Quota(row.getLong("quota")), new Quota(row.getLong("balance_after")), row.getObject("id", UUID.class),
                row.getBoolean("late"), Transfer.Kind.valueOf(kind) == Transfer.Kind.RELEASE);
    }

    /// An outcome, as it names its payment.
    record OutcomeKey(TradeNumber tradeNumber, TransactionId transactionId) {
        static Optional<OutcomeKey> of(TopUpEvent fact) {
            return switch (fact) {
                case QuotaCredited credited -> Optional.of(new OutcomeKey(credited.tradeNumber(), credited.transactionId()));
                case PaymentHeld held -> Optional.of(new OutcomeKey(held.tradeNumber(), held.transactionId()));
                case OrderCreated _,PaymentConfirmed _,OrderClosed _,CheckRequested _,HoldResolved _,CancelRequested _,RefundEvent _ ->
                    Optional.empty();
            };
        }
    }

    /// The log has these outcomes.
    ///
    /// @return those of which this ledger decided otherwise
    Set<OutcomeKey> found(List<QuotaCredited> credits, List<PaymentHeld> holds) {
        if (credits.isEmpty() && holds.isEmpty()) {
            return Set.of();
        }
        Set<OutcomeKey> contradicted = new HashSet<>();
        jdbc.sql(FOUND)
                .param("creditedTradeNos", texts(credits, credit -> credit.tradeNumber().value()))
                .param("creditedTransactionIds", texts(credits, credit -> credit.transactionId().value()))
                .param("releases", texts(credits, credit -> Boolean.toString(credit.released())))
                .param("providers", texts(holds, held -> held.provider().code()))
                .param("transactionIds", texts(holds, held -> held.transactionId().value()))
                .param("tradeNos", texts(holds, held -> held.tradeNumber().value()))
                .param("reasons", texts(holds, held -> held.reason().name()))
                .query(row -> {
                    if (row.getBoolean("contradicts")) {
                        contradicted.add(new OutcomeKey(new TradeNumber(row.getString("trade_no")),
                                new TransactionId(row.getString("transaction_id"))));
                    }
                });
        return contradicted;
    }
}
