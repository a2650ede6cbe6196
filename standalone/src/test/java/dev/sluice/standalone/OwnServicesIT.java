package dev.sluice.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.standalone.embedded.EmbeddedKafka;
import dev.sluice.standalone.embedded.EmbeddedLogins;

import static org.assertj.core.api.Assertions.assertThat;

/// A Kafka and a PostgreSQL that operators bring, of each supported release but the embedded one: the oldest, and all with the profile `deep`.
class OwnServicesIT {
    @TempDir
    private Path folder;

    static List<PostgresRelease> releases() {
        return PostgresRelease.all();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void aPaidOrderIsCreditedOnAKafkaAndAPostgresqlOfTheOperators(PostgresRelease release) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("operators-kafka"));
                EmbeddedPostgres postgres = release.start(folder.resolve("operators-postgres"))) {
            JdbcClient superuser = JdbcClient.create(postgres.getPostgresDatabase());
            assertThat(superuser.sql("show server_version").query(String.class).single())
                    .startsWith(release.toString().replaceFirst("\\..*", ""));
            superuser.sql("create role operators login").update();
            superuser.sql("create database own owner operators").update();

            OwnServices.creditAPayment(folder, kafka.environment(EmbeddedLogins.OPERATOR), postgres.getJdbcUrl("operators", "own"),
                    "operators", "own");
        }
    }
}
