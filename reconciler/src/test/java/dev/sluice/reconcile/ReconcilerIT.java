package dev.sluice.reconcile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.EventLog;
import dev.sluice.event.Evidence;
import dev.sluice.event.HoldReason;
import dev.sluice.event.Merchant;
import dev.sluice.event.Money;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.Provider;
import dev.sluice.event.Quota;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.TradeNumber;
import dev.sluice.event.TransactionId;
import dev.sluice.event.UserId;

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
                var app = Reconciler.application().run("--server.port=0", "--SLUICE_KAFKA=" + kafka.getBrokersAsString(),
                        "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres",
                        "--SLUICE_SETTINGS=" + Files.writeString(folder.resolve("settings.json"), "{}"));
                EventLog log = EventLog.connect(kafka.getBrokersAsString(), "test", Clock.systemUTC())) {
            var waiting = app.getBean(MoneyWaiting.class);
            log.append(payment("A", "XA", 100));
            log.append(payment("B", "XB", 30));
            log.append(payment("B", "XB", 30));

            await().atMost(Duration.ofSeconds(20)).until(() -> waiting.fen() == 130);
            log.append(new QuotaCredited(new TradeNumber("A"), new TransactionId("XA"), new UserId(1), new Quota(1), new Quota(1),
                    UUID.randomUUID(), false, false));
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting.fen() == 30);
            log.append(new PaymentHeld(new TradeNumber("B"), Provider.WECHAT, new TransactionId("XB"), Money.ofFen(30),
                    HoldReason.UNKNOWN_ORDER));
            await().atMost(Duration.ofSeconds(20)).until(() -> waiting.fen() == 0);
            assertThat(waiting.fen()).isZero();
        } finally {
            kafka.destroy();
        }
    }

    private static PaymentConfirmed payment(String tradeNumber, String transactionId, long fen) {
        return new PaymentConfirmed(new TradeNumber(tradeNumber), Provider.WECHAT, new Merchant("wx1", "1"),
                new TransactionId(transactionId), Money.ofFen(fen), Instant.EPOCH,
                ConfirmationSource.NOTIFICATION, new Evidence("N", "0".repeat(64)));
    }
}
