package dev.sluice.standalone.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.cluster.MisconfiguredException;
import dev.sluice.log.rebuild.schema.RebuildDatabase;
import dev.sluice.standalone.embedded.DataLock;
import dev.sluice.standalone.embedded.EmbeddedDatabase;
import dev.sluice.standalone.embedded.EmbeddedKafka;
import dev.sluice.standalone.embedded.EmbeddedLogins;

/// Kafka and PostgreSQL of a command: those that the environment names, else those of the data folder. When a Sluice runs on the folder, its
/// servers are used; else they are started for the command.
final class Servers implements AutoCloseable {
    private final Map<String, String> environment;
    private final Path data;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final boolean running;

    private Servers(Map<String, String> environment) {
        this.environment = environment;
        data = Path.of(text("SLUICE_DATA").orElse("data")).toAbsolutePath().normalize();
        boolean embeds = text("SLUICE_KAFKA").isEmpty() || text("SLUICE_POSTGRES").isEmpty();
        if (embeds && !Files.isDirectory(data)) {
            throw new MisconfiguredException("no Sluice has its data in " + data
                    + ": set SLUICE_DATA to its folder, or SLUICE_KAFKA and SLUICE_POSTGRES to the servers");
        }
        Optional<DataLock> lock = embeds ? DataLock.take(data) : Optional.empty();
        lock.ifPresent(open::push);
        running = lock.isEmpty();
    }

    static Servers open(Map<String, String> environment) {
        return new Servers(environment);
    }

    private Optional<String> text(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    /// The cluster, as one who may do everything there.
    KafkaCluster kafka() {
        if (text("SLUICE_KAFKA").isPresent()) {
            return KafkaCluster.of(text("SLUICE_KAFKA").get(), text("SLUICE_KAFKA_PROPERTIES").orElse(""),
                    text("SLUICE_KAFKA_REPLICATION").orElse("3"), text("SLUICE_KAFKA_PARTITIONS").orElse(""));
        }
        Path folder = data.resolve("kafka");
        return running ? EmbeddedKafka.running(folder) : push(EmbeddedKafka.start(folder)).cluster(EmbeddedLogins.OPERATOR);
    }

    /// The database that has a schema.
    RebuildDatabase database(String schema) {
        if (text("SLUICE_POSTGRES").isPresent()) {
            return RebuildDatabase.of(new DriverManagerDataSource(text("SLUICE_POSTGRES").get(),
                    text("SLUICE_POSTGRES_USER").orElse(""), text("SLUICE_POSTGRES_PASSWORD").orElse("")));
        }
        Path folder = data.resolve("postgres");
        var logins = running ? EmbeddedDatabase.running(folder) : push(EmbeddedDatabase.start(folder)).logins();
        DataSource operator = logins.superuser();
        // The app's role: what a rebuild makes is its own.
        return new RebuildDatabase(JdbcClient.create(operator).sql("select pg_get_userbyid(nspowner) from pg_namespace where nspname = ?")
                .param(schema).query(String.class).optional().map(logins::of).orElse(operator), operator);
    }

    private <T extends AutoCloseable> T push(T server) {
        open.push(server);
        return server;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a server does not end", e);
            }
        }
    }
}
