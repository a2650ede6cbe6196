package dev.sluice.standalone;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sluice.standalone.embedded.EmbeddedDatabase;
import dev.sluice.standalone.embedded.EmbeddedKafka;
import dev.sluice.standalone.embedded.EmbeddedLogins;
import dev.sluice.standalone.embedded.FreePort;

class OwnServicesIT {
    @TempDir
    private Path folder;

    @Test
    void aPaidOrderIsCreditedOnAKafkaAndAPostgresqlOfTheOperators() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("operators-kafka"));
                EmbeddedDatabase postgres = EmbeddedDatabase.start(folder.resolve("operators-postgres"), FreePort.find(),
                        TestBinaries.FOLDER)) {
            postgres.superuser().sql("create role operators login password 'own'").update();
            postgres.superuser().sql("create database own owner operators").update();
            OwnServices.creditAPayment(folder, kafka.environment(EmbeddedLogins.OPERATOR),
                    postgres.url().replaceFirst("/postgres$", "/own"), "operators", "own");
        }
    }
}
