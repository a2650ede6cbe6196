package dev.sluice.credit;

import java.sql.Connection;
import java.sql.SQLException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class HoldMetricsTest {
    @Test
    void saysNoNumberWhileTheDatabaseWasNeverThere() {
        var meters = new SimpleMeterRegistry();
        var holds = new HoldMetrics(JdbcClient.create(new Away()), meters);

        holds.count();

        assertThat(meters.get("sluice.holds.open").gauge().value()).isNaN();
    }

    private static final class Away extends AbstractDataSource {
        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("away");
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            throw new SQLException("away");
        }
    }
}
