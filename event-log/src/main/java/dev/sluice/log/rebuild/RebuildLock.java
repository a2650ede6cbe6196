package dev.sluice.log.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.springframework.dao.DataAccessResourceFailureException;

import dev.sluice.log.rebuild.RebuildRefusedException.Code;
import dev.sluice.log.rebuild.schema.RebuildDatabase;
import dev.sluice.log.rebuild.schema.RebuiltSchema;

/// Keeps other rebuilds of a schema away. The lock ends with its connection.
final class RebuildLock implements AutoCloseable {
    private final Connection connection;
    private final String name;

    private RebuildLock(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /// @throws RebuildRefusedException when another process has it
    static RebuildLock take(RebuiltSchema schema, RebuildDatabase database) {
        try {
            RebuildLock lock = new RebuildLock(database.owner().getConnection(), "sluice rebuild " + schema.schema());
            if (!lock.call("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
                lock.connection.close();
                throw new RebuildRefusedException(Code.ANOTHER_RUNS, "another rebuild of " + schema.name() + " runs: wait for its end");
            }
            return lock;
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the database is not available: " + e.getMessage(), e);
        }
    }

    private boolean call(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    @Override
    public void close() {
        try (connection) {
            call("select pg_advisory_unlock(hashtextextended(?, 0))");
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the lock of the rebuild is not released: " + e.getMessage(), e);
        }
    }
}
