package dev.sluice.reconcile.books;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.value.Provider;

/// The days of all accounts, with what bill and log add up to.
@Component
class Days {
    private static final String DAYS = """
            select d.provider, d.account, d.day, d.state, d.answer, b.version, b.sha256, b.stored_at, b.payments, b.refunds, b.paid,
                b.refunded, b.settled, b.fee, b.repeated, p.payments as logged_payments, p.paid as logged_paid, p.credited, p.held,
                r.refunds as logged_refunds, r.refunded as logged_refunded, o.open
            from recon.bill_day d
            left join lateral (
                select * from recon.bill b where b.provider = d.provider and b.account = d.account and b.day = d.day
                order by version desc limit 1) b on true
            cross join lateral (
                select count(*) as payments, coalesce(sum(minor_units), 0)::bigint as paid, coalesce(sum(quota), 0)::bigint as credited,
                    count(*) filter (where outcome = 'HELD') as held
                from recon.logged_payment p where p.provider = d.provider and p.account = d.account and p.day = d.day) p
            cross join lateral (
                select count(*) as refunds, coalesce(sum(minor_units), 0)::bigint as refunded
                from recon.logged_refund r where r.provider = d.provider and r.account = d.account and r.day = d.day
                    and r.state in ('SUCCEEDED', 'FOUND', 'MIRRORED')) r
            cross join lateral (
                select count(*) as open from recon.discrepancy c
                where c.provider = d.provider and c.account = d.account and c.day = d.day and c.closed_at is null
                    and not exists (select from recon.resolution s where s.discrepancy = c.id::text)) o
            """;

    private final JdbcClient jdbc;

    Days(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The latest first.
    List<DayAnswer> between(LocalDate from, LocalDate to) {
        return jdbc.sql(DAYS + "where d.day between :from and :to order by d.day desc, d.provider, d.account limit :most")
                .param("from", from).param("to", to).param("most", Limits.DAYS).query((row, _) -> day(row)).list();
    }

    /// Of the account whose bill is the latest, when there are several.
    Optional<DayAnswer> find(Provider provider, LocalDate day) {
        return jdbc.sql(DAYS + "where d.provider = :provider and d.day = :day order by b.stored_at desc nulls last limit 1")
                .param("provider", provider.code()).param("day", day).query((row, _) -> day(row)).optional();
    }

    private static DayAnswer day(ResultSet row) throws SQLException {
        var log = new DayAnswer.Log(row.getLong("logged_payments"), row.getLong("logged_refunds"), Yuan.ofFen(row.getLong("logged_paid")),
                Yuan.ofFen(row.getLong("logged_refunded")), row.getLong("credited"), row.getLong("held"));
        return new DayAnswer(row.getString("provider"), row.getString("account"), row.getObject("day", LocalDate.class),
                row.getString("state"), row.getString("answer"), bill(row), log, row.getLong("open"));
    }

    private static DayAnswer.@Nullable Bill bill(ResultSet row) throws SQLException {
        if (row.getString("sha256") == null) {
            return null;
        }
        long fee = row.getLong("fee");
        var sums = new DayAnswer.Sums(Yuan.ofFee(fee), Yuan.ofFee(row.getLong("settled") * Limits.FEE_OF_A_FEN - fee),
                row.getLong("repeated"));
        return new DayAnswer.Bill(row.getInt("version"), row.getString("sha256"), row.getTimestamp("stored_at").toInstant(),
                row.getLong("payments"), row.getLong("refunds"), Yuan.ofFen(row.getLong("paid")), Yuan.ofFen(row.getLong("refunded")),
                sums);
    }
}
