package dev.sluice.reconcile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.event.HoldReason;
import dev.sluice.event.value.Money;
import dev.sluice.log.EventLog;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.reconcile.unsettled.UnsettledPayments;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ReconcilerIT {
    @TempDir
    private Path folder;

    @Test
    void seesMoneyThatWaitsUntilItHasAnOutcome() throws Exception {
        EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
        kafka.afterPropertiesSet();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                var app = Reconciler.application().run("--server.port=0", "--management.server.port=0",
                        "--SLUICE_JWT_SECRET=" + Tokens.SECRET,
                        "--SLUICE_KAFKA=" + kafka.getBrokersAsString(),
                        "--SLUICE_KAFKA_REPLICATION=1",
                        "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres",
                        "--SLUICE_SETTINGS=" + Files.writeString(folder.resolve("settings.json"), "{}"));
                EventLog log = EventLog.connect(KafkaCluster.singleNode(kafka.getBrokersAsString()), "test", Clock.systemUTC())) {
            var waiting = app.getBean(UnsettledPayments.class);
            log.append(Facts.payment("A", "XA", 100));
            log.append(Facts.payment("B", "XB", 30));
            log.append(Facts.payment("B", "XB", 30));

            await().atMost(Duration.ofSeconds(20)).until(() -> waiting.sum().fen() == 130);
            log.append(Facts.credited("A", "XA", 1, 1));
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting.sum().fen() == 30);
            log.append(Facts.held("B", "XB", Money.ofFen(30), HoldReason.UNKNOWN_ORDER));
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting.sum().fen() == 0);
            assertThat(waiting.sum().fen()).isZero();
        } finally {
            kafka.destroy();
        }
    }
}
