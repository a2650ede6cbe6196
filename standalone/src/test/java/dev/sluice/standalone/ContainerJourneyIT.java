package dev.sluice.standalone;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// Given a Kafka and a PostgreSQL, it embeds none. Runs where Docker is.
@Testcontainers(disabledWithoutDocker = true)
class ContainerJourneyIT {
    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.2.1");
    @Container
    private static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:18");

    @TempDir
    private Path folder;

    @Test
    void aPaidOrderIsCreditedOnAKafkaAndAPostgresqlOfTheOperators() {
        OwnServices.creditAPayment(folder, Map.of("SLUICE_KAFKA", KAFKA.getBootstrapServers(), "SLUICE_KAFKA_REPLICATION", "1"),
                POSTGRES.getJdbcUrl(), POSTGRES.getUsername(),
                POSTGRES.getPassword());
    }
}
