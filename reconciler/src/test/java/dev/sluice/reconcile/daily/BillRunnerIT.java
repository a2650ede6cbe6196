package dev.sluice.reconcile.daily;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.books.BillCompared;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.log.EventLog;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.provider.wire.BeijingTime;
import dev.sluice.reconcile.FakeWechat;
import dev.sluice.reconcile.Reconciler;
import dev.sluice.reconcile.compare.BillText;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.Facts;
import dev.sluice.testing.WrittenLog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The whole app, against a WeChat Pay that has bills.
@BesideOthers
class BillRunnerIT {
    /// Three days ago its bill is ready whatever the time is.
    private static final Instant PAID_AT = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
    private static final LocalDate DAY = BeijingTime.dateOf(PAID_AT);
    @TempDir
    private static Path folder;
    private static EmbeddedKafkaBroker kafka;
    private static EmbeddedPostgres postgres;
    private static FakeWechat wechat;
    private static ConfigurableApplicationContext app;
    private static EventLog log;

    @BeforeAll
    static void start() throws Exception {
        kafka = new EmbeddedKafkaKraftBroker(1, 1);
        kafka.afterPropertiesSet();
        postgres = EmbeddedPostgres.start();
        wechat = new FakeWechat();
        Path settings = Files.writeString(folder.resolve("settings.json"), """
                {"WechatAppId":"%s","WechatMchId":"%s","WechatApiV2Key":"%s","WechatSignType":"MD5","WechatGatewayUrl":"%s"}"""
                .formatted(Facts.MERCHANT.appId(), Facts.MERCHANT.merchantId(), FakeWechat.KEY, wechat.url()));
        app = Reconciler.application().run("--server.port=0", "--management.server.port=0", "--SLUICE_KAFKA=" + kafka.getBrokersAsString(),
                "--SLUICE_KAFKA_REPLICATION=1", "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres", "--SLUICE_JWT_SECRET=" + "s".repeat(32), "--SLUICE_SETTINGS=" + settings);
        log = EventLog.connect(KafkaCluster.singleNode(kafka.getBrokersAsString()), "test", Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws Exception {
        log.close();
        app.close();
        wechat.close();
        postgres.close();
        kafka.destroy();
    }

    private static JdbcClient jdbc() {
        return app.getBean(JdbcClient.class);
    }

    private static <T> List<T> events(String number, Class<T> type) {
        return new WrittenLog(kafka.getBrokersAsString()).facts(number).stream().map(DecodedRecord.Fact::event).filter(type::isInstance)
                .map(type::cast).toList();
    }

    private static List<BillCompared> compared() {
        return new WrittenLog(kafka.getBrokersAsString()).records(Topic.BOOKS).stream().map(EventCodec::read)
                .filter(DecodedRecord.OfBooks.class::isInstance).map(record -> (BillCompared) ((DecodedRecord.OfBooks) record).fact()).toList();
    }

    private static List<String> kinds() {
        return jdbc().sql("select kind from recon.discrepancy where closed_at is null order by 1").query(String.class).list();
    }

    /// A payment that was never notified, and a refund of the provider's console.
    @Test
    void healsAMissingCreditByTheBill() {
        wechat.bills.put(DAY.format(DateTimeFormatter.BASIC_ISO_DATE), new BillText(Facts.MERCHANT.merchantId())
                .payment("4001", "A", 7300, PAID_AT).payment("4002", "B", 7300, PAID_AT)
                .refund("4002", "B", "5001", "CONSOLE1", 100, PAID_AT).payment("4003", "POS", 100, PAID_AT).text());
        log.append(List.of(Facts.order("A", 1, 7300, 500, Facts.MERCHANT, PAID_AT), Facts.order("B", 1, 7300, 500, Facts.MERCHANT, PAID_AT),
                Facts.payment("B", "4002", 7300), Facts.credited("B", "4002", 1, 500)));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbc().sql("select count(*) from recon.logged_payment where outcome = 'CREDITED'").query(Long.class).single() == 1);

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            app.getBean(BillRunner.class).run();
            return !compared().isEmpty();
        });

        assertThat(events("A", PaymentConfirmed.class)).singleElement().satisfies(payment -> {
            assertThat(payment.source()).isEqualTo(ConfirmationSource.BILL);
            assertThat(payment.merchant()).isEqualTo(Facts.MERCHANT);
            assertThat(payment.paidAt()).isEqualTo(PAID_AT);
            assertThat(new String(payment.evidence().body(), UTF_8)).contains(",`4001,`A,");
        });
        assertThat(events("B", RefundEvent.RefundFound.class)).singleElement()
                .satisfies(refund -> assertThat(refund.refundNumber().value()).isEqualTo("CONSOLE1"));
        assertThat(compared()).singleElement().satisfies(fact -> {
            assertThat(fact.day()).isEqualTo(DAY);
            assertThat(fact.rows()).isEqualTo(4);
            assertThat(fact.discrepancies()).isEqualTo(3);
        });
        assertThat(kinds()).containsExactly("PaidNotCredited", "RefundDiffers", "UnknownToUs");
        assertThat(jdbc().sql("select state from recon.bill_day where day = :day").param("day", DAY).query(String.class).single())
                .isEqualTo("COMPLETE");

        log.append(Facts.credited("A", "4001", 1, 500));
        await().atMost(Duration.ofSeconds(20)).until(() -> !kinds().contains("PaidNotCredited"));
        app.getBean(BillRunner.class).run();
        assertThat(compared()).as("a day is done once").hasSize(1);
    }
}
