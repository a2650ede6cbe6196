package dev.sluice.reconcile.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import dev.sluice.event.TopUpEvent;
import dev.sluice.event.books.AuditHeadPublished;
import dev.sluice.log.LogRecords;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.reconcile.audit.Verification.Progress;
import dev.sluice.testing.Facts;
import dev.sluice.testing.RoundTrips;

/// The audit's tables on a real PostgreSQL, and a view that fills them without a log.
final class AuditTables implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final RoundTrips database;
    private final AuditRows rows;
    private final AuditView view;
    private LogRecords log = new LogRecords();

    AuditTables() {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/audit").schemas("audit").load().migrate();
        database = new RoundTrips(postgres.getPostgresDatabase());
        rows = new AuditRows(database.jdbc());
        view = new AuditView(rows);
    }

    RoundTrips database() {
        return database;
    }

    AuditView view() {
        return view;
    }

    AuditRows rows() {
        return rows;
    }

    /// Without rows; the log begins anew with [#restartLog].
    void empty() {
        database.jdbc().sql("truncate audit.event, audit.position").update();
    }

    void restartLog() {
        log = new LogRecords();
    }

    List<LogRecord> records(TopUpEvent... events) {
        return Stream.of(events).map(event -> log.of(event, Facts.AT)).toList();
    }

    /// So many orders that were paid and credited.
    List<LogRecord> orders(int many) {
        String name = "O" + UUID.randomUUID().toString().substring(0, 8);
        return Stream.iterate(0, i -> i + 1).limit(many).flatMap(i -> records(Facts.order(name + i, 7, 7300, 5),
                Facts.payment(name + i, "X" + name + i, 7300), Facts.credited(name + i, "X" + name + i, 7, 5)).stream()).toList();
    }

    /// In the transaction that moves the position.
    void apply(List<LogRecord> records) {
        database.inTransaction(() -> {
            view.apply(records);
            records.forEach(record -> database.jdbc().sql("""
                    insert into audit.position as p (view, topic, partition, next_offset) values ('audit', :topic, :partition, :next)
                    on conflict (view, topic, partition) do update set next_offset = greatest(p.next_offset, excluded.next_offset)""")
                    .params(Map.of("topic", record.raw().topic(), "partition", record.partition(), "next", record.offset() + 1)).update());
        });
    }

    List<AuditHeadPublished.Head> heads() {
        return rows.heads(rows.partitions()).entrySet().stream()
                .map(last -> new AuditHeadPublished.Head(last.getKey().topic(), last.getKey().partition(), last.getValue().offset(),
                        last.getValue().number(), HexFormat.of().formatHex(last.getValue().hash())))
                .toList();
    }

    Progress verify(List<AuditHeadPublished> heads) {
        var verification = new Verification(rows, heads);
        Progress progress = verification.walk();
        while (!progress.isEnd()) {
            progress = verification.walk();
        }
        return progress;
    }

    /// As one does who may do everything in the database.
    void tamper(String sql) {
        database.jdbc().sql("set session_replication_role = replica; " + sql + "; set session_replication_role = origin").update();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
