package dev.sluice.reconcile.books;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.provider.wire.BeijingTime;

/// The statement of a month, out of the latest bills of its days and of what the log has.
@Component
class Statements {

    private final JdbcClient jdbc;

    Statements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A month's statement.
    ///
    /// @param days    of each account, in their order
    /// @param opening at the beginning of the month
    /// @param closing at its end, or now
    record Statement(YearMonth month, List<Line> days, List<Line> totals, Balances opening, Balances closing) {}

    /// A day of an account, or the month of a provider; amounts in yuan.
    ///
    /// @param day   empty for the month
    /// @param gross what was paid
    /// @param net   settled less fees
    record Line(String provider, String day, long payments, long refunds, String gross, String refunded, String fees, String net) {}

    /// @param issuedQuota quota that payments brought, less what refunds took
    /// @param openDifferences opened until then, and neither closed nor resolved until then
    record Balances(long issuedQuota, long openDifferences) {}

    Statement of(YearMonth month) {
        return new Statement(month, lines(month, "b.day::text"), lines(month, "''"), balances(month.atDay(1)),
                balances(month.plusMonths(1).atDay(1)));
    }

    /// @param by what is one line
    private List<Line> lines(YearMonth month, String by) {
        return jdbc.sql("""
                select b.provider, %1$s as line, sum(b.payments)::bigint as payments, sum(b.refunds)::bigint as refunds,
                    sum(b.paid)::bigint as paid, sum(b.refunded)::bigint as refunded, sum(b.fee)::bigint as fee,
                    sum(b.settled * :feeOfAFen - b.fee)::bigint as net
                from recon.bill b
                where b.day between :from and :to and b.version = (
                    select max(version) from recon.bill l where l.provider = b.provider and l.account = b.account and l.day = b.day)
                group by 1, 2 order by 1, 2""".formatted(by))
                .param("from", month.atDay(1)).param("to", month.atEndOfMonth()).param("feeOfAFen", Limits.FEE_OF_A_FEN)
                .query((row, _) -> line(row)).list();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(row.getString("provider"), row.getString("line"), row.getLong("payments"), row.getLong("refunds"),
                Yuan.ofFen(row.getLong("paid")), Yuan.ofFen(row.getLong("refunded")), Yuan.ofFee(row.getLong("fee")),
                Yuan.ofFee(row.getLong("net")));
    }

    private Balances balances(LocalDate before) {
        String at = BeijingTime.dayOf(before).start().toString();
        return jdbc.sql("""
                select (select coalesce(sum(quota), 0) from recon.logged_payment where credited_at < :at::timestamptz)
                    - (select coalesce(sum(quota_taken), 0) from recon.logged_refund where taken_at < :at::timestamptz) as issued,
                    (select count(*) from recon.discrepancy d left join recon.resolution s on s.discrepancy = d.id::text
                        where d.opened_at < :at::timestamptz and coalesce(d.closed_at >= :at::timestamptz, true)
                            and coalesce(s.at >= :at::timestamptz, true)) as open""")
                .param("at", at)
                .query((row, _) -> new Balances(row.getLong("issued"), row.getLong("open"))).single();
    }
}
