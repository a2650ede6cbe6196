package dev.sluice.reconcile.compare;

import java.time.Clock;
import java.time.LocalDate;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.provider.bill.BillOf;
import dev.sluice.reconcile.bill.StoredBill;

/// Compares a whole day with a few statements. The rows of a bill are matched with everything that the log has, whatever its day; what the
/// log has and no bill is a difference only when the bill of the next day exists too. Comparing again finds the same differences, with
/// the same numbers, and closes those that are gone.
@Component
public class Comparison {
    /// More than a fen, in thousandths.
    private static final long FEE_TOLERANCE = 1_000;

    /// Opens what was found, and closes what was not found again. To be put behind the differences, which are named `found`.
    private static final String KEEP = """
            , opened as (
                insert into recon.discrepancy (id, identity, provider, account, day, side, kind, transaction_id, trade_no, refund_no,
                    expected, found, bill_id, line, opened_at)
                select md5(kind || identity)::uuid, identity, :provider, :account, :day, :side, kind, transaction_id, trade_no, refund_no,
                    expected, found, bill_id, line, :now::timestamptz from found
                on conflict (id) do update set closed_at = null, expected = excluded.expected, found = excluded.found,
                    bill_id = excluded.bill_id, line = excluded.line,
                    evidence = case when recon.discrepancy.bill_id = excluded.bill_id then recon.discrepancy.evidence end)
            update recon.discrepancy d set closed_at = :now::timestamptz
            where d.provider = :provider and d.account = :account and d.day = :day and d.side = :side and d.closed_at is null
                and not exists (select from found f where md5(f.kind || f.identity)::uuid = d.id)""";

    private static final String OF_ROWS = """
            with row as materialized (
                select r.*, p.identity as logged, p.minor_units as logged_units, p.currency as logged_currency, p.outcome,
                    o.trade_no as ordered, o.minor_units as ordered_units, o.currency as ordered_currency,
                    f.state as refund_state, f.minor_units as refund_units, f.currency as refund_currency
                from recon.bill_row r
                left join recon.logged_payment p on p.identity = r.identity and r.kind = 'PAYMENT'
                left join recon.logged_order o on o.trade_no = r.trade_no and o.provider = :provider and o.account = :account
                left join recon.logged_refund f on f.identity = r.identity and r.kind = 'REFUND'
                where r.bill_id = :bill and r.counted
                    and (p.identity is null or p.outcome = 'NONE' or p.minor_units <> r.minor_units or p.currency <> r.currency
                        or abs(r.fee - r.expected_fee) > :tolerance)),
            found as (
                select 'UnknownToUs' as kind, identity, transaction_id, trade_no, refund_no, '' as expected,
                    (minor_units / 100.0)::numeric(20, 2) || ' ' || currency as found, bill_id, line
                from row where kind in ('PAYMENT', 'REVERSAL') and ordered is null and logged is null
                union all
                select 'PaidNotCredited', identity, transaction_id, trade_no, '', '',
                    (minor_units / 100.0)::numeric(20, 2) || ' ' || currency, bill_id, line
                from row where kind = 'PAYMENT' and ordered is not null and (logged is null or outcome = 'NONE')
                    and minor_units = coalesce(logged_units, ordered_units) and currency = coalesce(logged_currency, ordered_currency)
                union all
                select 'AmountDiffers', identity, transaction_id, trade_no, '',
                    (coalesce(logged_units, ordered_units) / 100.0)::numeric(20, 2) || ' ' || coalesce(logged_currency, ordered_currency),
                    (minor_units / 100.0)::numeric(20, 2) || ' ' || currency, bill_id, line
                from row where kind = 'PAYMENT' and (logged is not null or ordered is not null)
                    and (minor_units <> coalesce(logged_units, ordered_units) or currency <> coalesce(logged_currency, ordered_currency))
                union all
                select 'RefundDiffers', identity, transaction_id, trade_no, refund_no,
                    coalesce((refund_units / 100.0)::numeric(20, 2) || ' ' || refund_currency || ' ' || refund_state, ''),
                    (minor_units / 100.0)::numeric(20, 2) || ' ' || currency, bill_id, line
                from row where (kind = 'REVERSAL' and ordered is not null)
                    or (kind = 'REFUND' and (refund_state is null or refund_state in ('FAILED', 'FOUND') or refund_units <> minor_units
                        or refund_currency <> currency))
                union all
                select 'FeeUnexpected', identity, transaction_id, trade_no, refund_no,
                    (expected_fee / 100000.0)::numeric(20, 5)::text, (fee / 100000.0)::numeric(20, 5)::text, bill_id, line
                from row where abs(fee - expected_fee) > :tolerance)""";

    private static final String OF_THE_LOG = """
            with found as (
                select case when p.outcome = 'CREDITED' then 'CreditedNotPaid' else 'UnknownToProvider' end as kind, p.identity,
                    p.transaction_id, p.trade_no, '' as refund_no, (p.minor_units / 100.0)::numeric(20, 2) || ' ' || p.currency as expected,
                    '' as found, null::bigint as bill_id, null::integer as line
                from recon.logged_payment p
                where p.provider = :provider and p.account = :account and p.day = :day
                    and not exists (select from recon.bill_row r where r.identity = p.identity)
                union all
                select 'RefundDiffers', f.identity, f.transaction_id, f.trade_no, f.refund_no,
                    (f.minor_units / 100.0)::numeric(20, 2) || ' ' || f.currency || ' ' || f.state, '', null, null
                from recon.logged_refund f
                where f.provider = :provider and f.account = :account and f.day = :day and f.state = 'SUCCEEDED'
                    and not exists (select from recon.bill_row r where r.identity = f.identity))""";

    private final JdbcClient jdbc;
    private final Clock clock;

    public Comparison(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Compares each row of a bill with the log.
    public void compareRows(StoredBill bill) {
        jdbc.sql(OF_ROWS + KEEP)
                .param("provider", bill.of().provider().code())
                .param("account", bill.of().account())
                .param("day", bill.of().day())
                .param("side", "BILL")
                .param("bill", bill.id())
                .param("tolerance", FEE_TOLERANCE)
                .param("now", clock.instant().toString())
                .update();
    }

    /// Looks for what the log has of a day and no bill has. To be called for a day when its bill and the one of the next day exist.
    ///
    /// @param of the account
    public void compareLog(BillOf of, LocalDate day) {
        jdbc.sql(OF_THE_LOG + KEEP)
                .param("provider", of.provider().code())
                .param("account", of.account())
                .param("day", day)
                .param("side", "LOG")
                .param("now", clock.instant().toString())
                .update();
    }
}
