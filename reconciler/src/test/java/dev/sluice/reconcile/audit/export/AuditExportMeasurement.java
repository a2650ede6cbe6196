package dev.sluice.reconcile.audit.export;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.LinkedMultiValueMap;

import dev.sluice.edge.answer.Caller;
import dev.sluice.reconcile.audit.AuditRows;

import static org.assertj.core.api.Assertions.assertThat;

/// How many rows a second an export reads and writes. It is run by its name, on a machine that does nothing else, and is no part of the build.
class AuditExportMeasurement {
    private static final int ROWS = 1_000_000;

    @Test
    void rowsPerSecond() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                var pool = new HikariDataSource()) {
            pool.setDataSource(postgres.getPostgresDatabase());
            Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/audit").schemas("audit").load().migrate();
            JdbcClient jdbc = JdbcClient.create(pool);
            jdbc.sql("""
                    insert into audit.event select 'sluice.events', i %% 12, i, i, gen_random_uuid()::text, 'dev.sluice.QuotaCredited.v1',
                        timestamptz '2026-11-01' + i * interval '1 second', false, 'T' || i, 'U' || i %% 1000, 'wechat', null, null, null, null, null,
                        5000, 'issued', 'user:U' || i %% 1000, decode(repeat('7b7d', 300), 'hex'), decode(repeat('00', 32), 'hex')
                    from generate_series(1, %d) i""".formatted(ROWS)).update();
            jdbc.sql("vacuum analyze audit.event").update();
            var controller = new AuditEventController(new AuditRows(jdbc));
            for (String format : List.of("ndjson", "csv", "csv", "ndjson", "ndjson&value")) {
                var query = new LinkedMultiValueMap<String, String>();
                query.add("format", format.replace("&value", ""));
                query.add("value", Boolean.toString(format.endsWith("&value")));
                long began = System.nanoTime();
                long bytes = controller.events(query, new Caller("1", "")).getBody().map(DataBuffer::readableByteCount)
                        .reduce(0L, Long::sum).block();
                long millis = (System.nanoTime() - began) / 1_000_000;
                assertThat(bytes).isGreaterThan(ROWS);
                System.out.printf("MEASURED %s: %,d rows in %,d ms, %,d rows/s, %,d bytes%n", format, ROWS, millis, ROWS * 1000L / millis,
                        bytes);
            }
        }
    }
}
