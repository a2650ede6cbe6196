package dev.sluice.credit.proof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// The statements of the proof. They lock nothing: each sees the ledger at one moment, and sees a booking as a whole or not at all.
@Component
class ProofStatements {
    private static final String BALANCES = """
            with moved as (
                select account, sum(units) as units from (
                    select credit_account as account, quota as units from ledger.transfer
                    union all select debit_account, -quota from ledger.transfer) m
                group by account)
            select 'BALANCE' as kind, coalesce(a.id, m.account) as subject, coalesce(m.units, 0)::text as expected,
                coalesce(a.balance::text, 'no account') as found
            from (select * from moved where account like 'user:%') m full join ledger.account a on a.id = m.account
            where coalesce(a.balance, 0) <> coalesce(m.units, 0)
            union all
            select 'BALANCE', account, '0 or more', units::text from moved where account like 'held:%' and units < 0
            order by subject limit 1""";

    private static final String CREDITS = """
            select 'CREDIT_AND_PAYMENT' as kind, t.trade_no as subject,
                coalesce(e.quota || ' to user:' || e.user_id, 'no credit: no such order, or no payment of it') as expected,
                t.quota || ' to ' || t.credit_account as found
            from ledger.transfer t left join ledger.expected e on e.trade_no = t.trade_no
                and exists (select from ledger.payment p where p.trade_no = e.trade_no and p.held is null and p.minor_units = e.minor_units)
            where t.kind = 'CREDIT' and (e.trade_no is null or e.quota <> t.quota or t.credit_account <> 'user:' || e.user_id)
            order by subject limit 1""";

    private static final String PAYMENTS = """
            select 'PAYMENT_WITHOUT_CREDIT' as kind, p.trade_no as subject, e.quota || ' to user:' || e.user_id as expected, 'no transfer' as found
            from ledger.payment p join ledger.expected e on e.trade_no = p.trade_no
            where p.held is null and not exists (select from ledger.transfer t where t.trade_no = p.trade_no and t.kind = 'CREDIT')
            order by subject limit 1""";

    private static final String REFUNDS = """
            with needed as (
                select trade_no, refund_no, quota, unnest(case state
                    when 'SUCCEEDED' then array['RESERVE', 'TAKE']
                    when 'FAILED' then array['RESERVE', 'RETURN']
                    when 'DECLINED' then array['RESERVE', 'RETURN']
                    when 'TAKEN' then array['MIRROR']
                    when 'WAITING' then array['RESERVE']
                    when 'OWED' then array['RESERVE']
                    else '{}'::text[] end) as kind
                from ledger.refund where quota > 0)
            select 'REFUND_AND_TRANSFERS' as kind, n.trade_no || ' ' || n.refund_no as subject, n.kind || ' ' || n.quota as expected,
                coalesce(t.kind || ' ' || t.quota, 'no transfer') as found
            from needed n left join ledger.transfer t on t.trade_no = n.trade_no and t.kind = n.kind and t.ref = n.refund_no
            where t.quota is distinct from n.quota
            order by subject limit 1""";

    private final JdbcClient jdbc;

    ProofStatements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The first difference within the ledger.
    Optional<Difference> withinTheLedger() {
        return Stream.of(BALANCES, CREDITS, PAYMENTS, REFUNDS)
                .flatMap(compared -> jdbc.sql(compared).query((row, _) -> difference(row)).optional().stream()).findFirst();
    }

    /// The first of these transfers that the ledger does not have as the log reports it.
    Optional<Difference> withTheLog(List<MovedQuota> reported) {
        if (reported.isEmpty()) {
            return Optional.empty();
        }
        return jdbc.sql("""
                select 'TRANSFER_AND_LOG' as kind, f.id || ' of ' || f.trade_no as subject,
                    f.kind || ' ' || f.quota || ' from ' || f.debit || ' to ' || f.credit as expected,
                    coalesce(t.kind || ' ' || t.quota || ' from ' || t.debit_account || ' to ' || t.credit_account, 'no transfer') as found
                from unnest(:ids::uuid[], :tradeNos::text[], :kinds::text[], :debits::text[], :credits::text[], :quotas::bigint[])
                    with ordinality as f (id, trade_no, kind, debit, credit, quota, place)
                left join ledger.transfer t on t.id = f.id
                where t.id is null
                    or (t.trade_no, t.kind, t.debit_account, t.credit_account, t.quota) <> (f.trade_no, f.kind, f.debit, f.credit, f.quota)
                order by place limit 1""")
                .param("ids", texts(reported, moved -> moved.transferId().toString()))
                .param("tradeNos", texts(reported, moved -> moved.order().value()))
                .param("kinds", texts(reported, moved -> moved.kind().name()))
                .param("debits", texts(reported, moved -> moved.debit().id()))
                .param("credits", texts(reported, moved -> moved.credit().id()))
                .param("quotas", numbers(reported, moved -> moved.quota().units()))
                .query((row, _) -> difference(row)).optional();
    }

    private static Difference difference(ResultSet row) throws SQLException {
        return new Difference(Difference.Kind.valueOf(row.getString("kind")), row.getString("subject"), row.getString("expected"),
                row.getString("found"));
    }

    /// What of each partition is to be compared: from where the proof is to where the ledger is.
    ///
    /// @param from the first offset
    /// @param to   the offset after the last
    record Part(long from, long to) {}

    Map<Integer, Part> parts() {
        Map<Integer, Part> parts = new HashMap<>();
        jdbc.sql("""
                select l.partition, coalesce(p.next_offset, 0) as from_offset, l.next_offset
                from ledger.position l left join ledger.proof_position p using (partition)
                where l.view = 'ledger' and l.topic = 'sluice.events'""")
                .query(row -> {
                    parts.put(row.getInt("partition"), new Part(row.getLong("from_offset"), row.getLong("next_offset")));
                });
        return parts;
    }

    /// The proof is past these facts. Where another instance was faster, nothing changes.
    void move(int partition, long from, long to, long facts) {
        jdbc.sql("""
                insert into ledger.proof_position as p (partition, next_offset, facts) values (:partition, :to, :facts)
                on conflict (partition) do update set next_offset = :to, facts = p.facts + :facts where p.next_offset = :from""")
                .param("partition", partition).param("from", from).param("to", to).param("facts", facts).update();
    }

    /// Keeps a result, and forgets the oldest.
    void keep(ProofResult result) {
        Optional<Difference> difference = Optional.ofNullable(result.difference());
        jdbc.sql("""
                with old as (delete from ledger.proof where id in (select id from ledger.proof order by id desc offset :kept))
                insert into ledger.proof (at, accounts, transfers, facts, covered, kind, subject, expected, found)
                values (:at, :accounts, :transfers, :facts, :covered, :kind, :subject, :expected, :found)""")
                .param("kept", Limits.RESULTS_KEPT - 1)
                .param("at", result.at().atOffset(ZoneOffset.UTC))
                .param("accounts", result.accounts()).param("transfers", result.transfers()).param("facts", result.facts())
                .param("covered", result.covered())
                .param("kind", difference.map(each -> each.kind().name()).orElse(null))
                .param("subject", difference.map(Difference::subject).orElse(null))
                .param("expected", difference.map(Difference::expected).orElse(null))
                .param("found", difference.map(Difference::found).orElse(null))
                .update();
    }

    /// How many there are, and how far the proof is.
    record Size(long accounts, long transfers, long facts, String covered) {}

    Size size() {
        return jdbc.sql("""
                select (select count(*) from ledger.account) as accounts, (select count(*) from ledger.transfer) as transfers,
                    coalesce(sum(facts), 0)::bigint as facts, coalesce(string_agg(partition || ':' || next_offset, ' ' order by partition), '')
                        as covered
                from ledger.proof_position""")
                .query((row, _) -> new Size(row.getLong("accounts"), row.getLong("transfers"), row.getLong("facts"),
                        row.getString("covered")))
                .single();
    }

    /// The last result; none before the first proof.
    Optional<ProofResult> last() {
        return jdbc.sql("select * from ledger.proof order by id desc limit 1")
                .query((row, _) -> new ProofResult(row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("kind") == null,
                        row.getLong("accounts"), row.getLong("transfers"), row.getLong("facts"), row.getString("covered"),
                        row.getString("kind") == null ? null : difference(row)))
                .optional();
    }
}
