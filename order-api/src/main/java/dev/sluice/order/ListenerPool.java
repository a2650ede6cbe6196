package dev.sluice.order;

import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;

import dev.sluice.log.follow.ViewDatabase;

/// The few connections of what listens: the views of the log, and the pages' `LISTEN`. A flood of requests uses up the app's other
/// connections, and must not stop pages and orders from moving.
@Component
public class ListenerPool implements AutoCloseable {
    private final HikariDataSource pool;

    /// @throws SQLException when the app's connections are not pooled by Hikari
    ListenerPool(DataSource ofRequests) throws SQLException {
        var config = new HikariConfig();
        ofRequests.unwrap(HikariDataSource.class).copyStateTo(config);
        config.setPoolName("listeners");
        config.setMaximumPoolSize(Limits.LISTENER_CONNECTIONS);
        config.setMinimumIdle(Limits.LISTENER_CONNECTIONS);
        pool = new HikariDataSource(config);
    }

    public DataSource dataSource() {
        return pool;
    }

    /// The same connections, for the views.
    public ViewDatabase viewDatabase() {
        return new ViewDatabase(JdbcClient.create(pool), new JdbcTransactionManager(pool));
    }

    @Override
    public void close() {
        pool.close();
    }
}
