package dev.sluice.log.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import dev.sluice.log.rebuild.RebuildRefusedException.Code;
import dev.sluice.log.rebuild.schema.RebuildDatabase;
import dev.sluice.log.rebuild.schema.RebuiltSchema;

/// Renames the live schema and its shadow in one transaction. The live tables are locked against writers, not against readers. A writer that
/// waits for the lock looks the table's name up again when it gets it, and so writes to the new one: also a prepared statement, because
/// PostgreSQL drops its plans when a schema is renamed.
final class Swap {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final Set<String> NOT_FREE = Set.of("55P03", "40P01");

    private final RebuiltSchema schema;
    private final RebuildDatabase database;
    private final ShadowSchema shadow;

    Swap(RebuiltSchema schema, RebuildDatabase database, ShadowSchema shadow) {
        this.schema = schema;
        this.database = database;
        this.shadow = shadow;
    }

    /// Swaps as soon as the tables are free.
    ///
    /// @param underLock brings the shadow to where the live views stand, or refuses
    /// @return the name that the live schema has now
    String run(Consumer<LivePositions> underLock, Rebuild.Source source) {
        for (int attempt = 0; attempt < Limits.LOCK_ATTEMPTS; attempt++) {
            try {
                return attempt(underLock, source);
            } catch (SQLException e) {
                if (!NOT_FREE.contains(String.valueOf(e.getSQLState()))) {
                    throw new DataAccessResourceFailureException("not swapped: " + e.getMessage(), e);
                }
                letOthersPass();
            } catch (CannotAcquireLockException e) {
                letOthersPass();
            }
        }
        throw new RebuildRefusedException(Code.NOT_LOCKED, "the tables of " + schema.schema() + " were never free for "
                + Limits.LOCK_WITHIN.toMillis() + " ms: end long transactions, or swap when less goes on");
    }

    private static void letOthersPass() {
        try {
            Thread.sleep(Limits.BETWEEN_LOCKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String attempt(Consumer<LivePositions> underLock, Rebuild.Source source) throws SQLException {
        try (Connection connection = database.operator().getConnection()) {
            connection.setAutoCommit(false);
            try {
                // At once, so that the views' lock on their positions and ours on the rest cannot wait for each other.
                execute(connection, "set local lock_timeout = " + Limits.LOCK_WITHIN.toMillis());
                execute(connection, "lock table " + tables() + " in exclusive mode");
                execute(connection, "set local lock_timeout = 0");
                underLock.accept(LivePositions.of(connection, schema));
                complete(connection, source);
                String before = schema.schema() + "_before_" + TIME.format(Clock.systemUTC().instant());
                execute(connection, "alter schema " + schema.schema() + " rename to " + before);
                execute(connection, "alter schema " + schema.shadow() + " rename to " + schema.schema());
                connection.commit();
                return before;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private String tables() {
        return schema.schema() + ".position" + schema.tables().stream().map(table -> ", " + schema.schema() + "." + table.name())
                .collect(Collectors.joining());
    }

    /// Adds what the log does not have.
    private void complete(Connection connection, Rebuild.Source source) throws SQLException {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        if (source == Rebuild.Source.OF_LIVE) {
            execute(connection, """
                    update %2$s.position s set log_end = l.log_end, set_aside_up_to = l.set_aside_up_to
                    from %1$s.position l where (s.view, s.topic, s.partition) = (l.view, l.topic, l.partition)"""
                    .formatted(schema.schema(), schema.shadow()));
        }
        new Completion(schema).complete(jdbc);
        // Against readers too, for a moment.
        execute(connection, "set local lock_timeout = " + Limits.LOCK_WITHIN.toMillis());
        shadow.takeOver(jdbc);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
