package dev.sluice.standalone;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnServicesIT {
    @TempDir
    private Path folder;

    @Test
    void aPaidOrderIsCreditedOnAKafkaAndAPostgresqlOfTheOperators() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("operators-kafka"));
                EmbeddedDatabase postgres = EmbeddedDatabase.start(folder.resolve("operators-postgres"))) {
            OwnServices.creditAPayment(folder, kafka.bootstrapServers(), postgres.url(), EmbeddedDatabase.USER, "");
        }
    }
}
