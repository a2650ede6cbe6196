package dev.sluice.reconcile.books;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.reconcile.compare.DiscrepancyKind;

/// The differences, as answers have them.
@Component
class Cases {
    private static final String CASES = """
            select d.*, s.resolution, s.actor, s.reason, s.at as resolved_at from recon.discrepancy d
            left join recon.resolution s on s.discrepancy = d.id::text
            """;
    private static final String OF_DAY = "where d.provider = :provider and d.account = :account and d.day = :day ";

    private final JdbcClient jdbc;

    Cases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Of a day, by their ids.
    ///
    /// @param kind  empty for all
    /// @param after the last id of the page before, or null
    List<CaseAnswer> of(DayAnswer day, String kind, @Nullable UUID after, int most) {
        return jdbc.sql(CASES + OF_DAY + """
                and (:kind = '' or d.kind = :kind) and (:after::uuid is null or d.id > :after::uuid) order by d.id limit :most""")
                .param("provider", day.provider()).param("account", day.account()).param("day", day.day()).param("kind", kind)
                .param("after", after == null ? null : after.toString()).param("most", most)
                .query((row, _) -> answer(row)).list();
    }

    /// How many of a day are open, by kind.
    Map<String, Long> open(DayAnswer day) {
        Map<String, Long> open = new TreeMap<>();
        jdbc.sql("""
                select d.kind, count(*) as open from recon.discrepancy d
                left join recon.resolution s on s.discrepancy = d.id::text
                """ + OF_DAY + "and d.closed_at is null and s.discrepancy is null group by d.kind")
                .param("provider", day.provider()).param("account", day.account()).param("day", day.day())
                .query(row -> {
                    open.put(row.getString("kind"), row.getLong("open"));
                });
        return open;
    }

    Optional<CaseAnswer> find(UUID id) {
        return jdbc.sql(CASES + "where d.id = :id").param("id", id).query((row, _) -> answer(row)).optional();
    }

    private static CaseAnswer answer(ResultSet row) throws SQLException {
        var kind = DiscrepancyKind.valueOf(row.getString("kind"));
        return new CaseAnswer(row.getObject("id", UUID.class), kind, row.getString("side"), kind.proposal(),
                new CaseAnswer.Numbers(row.getString("provider"), row.getObject("day", LocalDate.class), row.getString("transaction_id"),
                        row.getString("trade_no"), row.getString("refund_no")),
                new CaseAnswer.Difference(row.getString("expected"), row.getString("found"), row.getObject("line", Integer.class),
                        row.getString("evidence")),
                row.getTimestamp("opened_at").toInstant(), closing(row));
    }

    private static CaseAnswer.Closing closing(ResultSet row) throws SQLException {
        if (row.getString("resolution") != null) {
            return new CaseAnswer.Closing("RESOLVED", row.getTimestamp("resolved_at").toInstant(), row.getString("resolution"),
                    row.getString("actor"), row.getString("reason"));
        }
        var closedAt = row.getTimestamp("closed_at");
        return closedAt == null
                ? new CaseAnswer.Closing("OPEN", null, null, null, null)
                : new CaseAnswer.Closing("CLOSED", closedAt.toInstant(), null, null, null);
    }
}
