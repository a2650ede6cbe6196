package dev.sluice.order;

import java.io.IOException;
import java.io.UncheckedIOException;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.testing.RoundTrips;

/// The schema `orders` on a real PostgreSQL, and how often it is asked.
public final class OrdersDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final RoundTrips roundTrips;

    public OrdersDatabase() {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DataSource dataSource = postgres.getPostgresDatabase();
        Flyway.configure().dataSource(dataSource).locations("classpath:db/orders").schemas("orders").load().migrate();
        roundTrips = new RoundTrips(dataSource);
    }

    public JdbcClient jdbc() {
        return roundTrips.jdbc();
    }

    /// How often the database is asked by one transaction, its end included.
    public int roundTrips(Runnable work) {
        return roundTrips.of(work);
    }

    public void inTransaction(Runnable work) {
        roundTrips.inTransaction(work);
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
