package dev.sluice.reconcile.logged;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.books.AuditHeadPublished;
import dev.sluice.event.books.BillCompared;
import dev.sluice.event.books.DiscrepancyResolved;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;

import static dev.sluice.log.row.Columns.numbers;
import static dev.sluice.log.row.Columns.texts;

/// What was compared, and what operators decided, each with one statement for a poll.
@Component
public class LoggedBooks {
    private final JdbcClient jdbc;

    public LoggedBooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Dated<F>(F fact, Instant at) {}

    /// Applies a poll's facts.
    public void apply(List<LogRecord> records) {
        Map<String, Dated<DiscrepancyResolved>> resolved = new LinkedHashMap<>();
        Map<String, Dated<BillCompared>> compared = new LinkedHashMap<>();
        for (LogRecord record : records) {
            if (record.content() instanceof DecodedRecord.OfBooks(var _, Instant at, var _, var fact)) {
                switch (fact) {
                    case DiscrepancyResolved one -> resolved.putIfAbsent(one.discrepancy(), new Dated<>(one, at));
                    case BillCompared one ->
                        compared.put(one.provider() + " " + one.account() + " " + one.day(), new Dated<>(one, at));
                    case AuditHeadPublished _ -> {
                    }
                }
            }
        }
        insertResolved(resolved.values());
        insertCompared(compared.values());
    }

    private void insertResolved(Collection<Dated<DiscrepancyResolved>> all) {
        if (all.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into recon.resolution (discrepancy, resolution, actor, reason, at)
                select * from unnest(:ids::text[], :resolutions::text[], :actors::text[], :reasons::text[], :ats::timestamptz[])
                on conflict do nothing""")
                .param("ids", texts(all, one -> one.fact().discrepancy()))
                .param("resolutions", texts(all, one -> one.fact().resolution()))
                .param("actors", texts(all, one -> one.fact().actor().value()))
                .param("reasons", texts(all, one -> one.fact().reason()))
                .param("ats", texts(all, one -> one.at().toString()))
                .update();
    }

    private void insertCompared(Collection<Dated<BillCompared>> all) {
        if (all.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into recon.compared (provider, account, day, version, sha256, discrepancies, at)
                select * from unnest(:providers::text[], :accounts::text[], :days::date[], :versions::integer[], :hashes::text[],
                    :discrepancies::bigint[], :ats::timestamptz[])
                on conflict (provider, account, day) do update set version = excluded.version, sha256 = excluded.sha256,
                    discrepancies = excluded.discrepancies, at = excluded.at where recon.compared.at <= excluded.at""")
                .param("providers", texts(all, one -> one.fact().provider().code()))
                .param("accounts", texts(all, one -> one.fact().account()))
                .param("days", texts(all, one -> one.fact().day().toString()))
                .param("versions", all.stream().map(one -> one.fact().version()).toArray(Integer[]::new))
                .param("hashes", texts(all, one -> one.fact().sha256()))
                .param("discrepancies", numbers(all, one -> one.fact().discrepancies()))
                .param("ats", texts(all, one -> one.at().toString()))
                .update();
    }
}
