package dev.sluice.reconcile.daily;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.books.BillCompared;
import dev.sluice.event.value.ConfirmationSource;
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
    private final Instant paidAt = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
    private final LocalDate day = BeijingTime.dateOf(paidAt);
    private static final String SECRET = "s".repeat(32);
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
                "--spring.datasource.username=postgres", "--SLUICE_JWT_SECRET=" + SECRET, "--SLUICE_SETTINGS=" + settings);
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
                .filter(DecodedRecord.OfBooks.class::isInstance).map(record -> (BillCompared) ((DecodedRecord.OfBooks) record).fact())
                .toList();
    }

    private static List<String> kinds() {
        return jdbc().sql("select kind from recon.discrepancy where closed_at is null order by 1").query(String.class).list();
    }

    private static HttpResponse<String> call(String role, String method, String path, String type, String body) throws Exception {
        String token = token(role);
        int port = ((WebServerApplicationContext) app).getWebServer().getPort();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/reconcile" + path))
                    .header("Authorization", "Bearer " + token).header("Content-Type", type).header("Idempotency-Key", "k1")
                    .header("Accept-Language", "en").method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String get(String role, String path) throws Exception {
        return call(role, "GET", path, "application/json", "").body();
    }

    /// Signed by HS256.
    private static String token(String role) throws Exception {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String claims = "{\"sub\":\"op1\",\"role\":\"%s\",\"exp\":%d}".formatted(role, Instant.now().plusSeconds(600).getEpochSecond());
        String signed = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }

    /// A payment that was never notified, and a refund of the provider's console.
    @Test
    void healsAMissingCreditByTheBill() throws Exception {
        wechat.bills.put(day.format(DateTimeFormatter.BASIC_ISO_DATE), new BillText(Facts.MERCHANT.merchantId())
                .payment("4001", "A", 7300, paidAt).payment("4002", "B", 7300, paidAt)
                .refund("4002", "B", "5001", "CONSOLE1", 100, paidAt).payment("4003", "POS", 100, paidAt).text());
        log.append(List.of(Facts.order("A", 1, 7300, 500, Facts.MERCHANT, paidAt), Facts.order("B", 1, 7300, 500, Facts.MERCHANT, paidAt),
                Facts.payment("B", "4002", 7300), Facts.credited("B", "4002", 1, 500)));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jdbc().sql("select count(*) from recon.logged_payment where outcome = 'CREDITED'").query(Long.class)
                        .single() == 1);

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            app.getBean(BillRunner.class).run();
            return !compared().isEmpty();
        });

        assertThat(events("A", PaymentConfirmed.class)).singleElement().satisfies(payment -> {
            assertThat(payment.source()).isEqualTo(ConfirmationSource.BILL);
            assertThat(payment.merchant()).isEqualTo(Facts.MERCHANT);
            assertThat(payment.paidAt()).isEqualTo(paidAt);
            assertThat(new String(payment.evidence().body(), UTF_8)).contains(",`4001,`A,");
        });
        assertThat(events("B", RefundEvent.RefundFound.class)).singleElement()
                .satisfies(refund -> assertThat(refund.refundNumber().value()).isEqualTo("CONSOLE1"));
        assertThat(compared()).singleElement().satisfies(fact -> {
            assertThat(fact.day()).isEqualTo(day);
            assertThat(fact.rows()).isEqualTo(4);
            assertThat(fact.discrepancies()).isEqualTo(3);
        });
        assertThat(kinds()).containsExactly("PaidNotCredited", "RefundDiffers", "UnknownToUs");
        assertThat(jdbc().sql("select state from recon.bill_day where day = :day").param("day", day).query(String.class).single())
                .isEqualTo("COMPLETE");

        log.append(Facts.credited("A", "4001", 1, 500));
        await().atMost(Duration.ofSeconds(20)).until(() -> !kinds().contains("PaidNotCredited"));
        app.getBean(BillRunner.class).run();
        assertThat(compared()).as("a day is done once").hasSize(1);
        assertRoutes();
    }

    /// What auditors see, and what operators do.
    private void assertRoutes() throws Exception {
        assertThat(call("user", "GET", "/days", "application/json", "").statusCode()).isEqualTo(403);
        assertThat(get("auditor", "/days")).contains("\"day\":\"" + day + "\"", "\"paid\":\"147.00\"", "\"state\":\"COMPLETE\"");
        String detail = get("auditor", "/wechat/" + day);
        assertThat(detail).contains("\"open\":{\"RefundDiffers\":1,\"UnknownToUs\":1}", "\"credited\":500", ",`4003,`POS,");
        String unknown = jdbc().sql("select id::text from recon.discrepancy where kind = 'UnknownToUs'").query(String.class).single();
        String resolve = "/cases/" + unknown + "/resolve";
        String decision = "{\"act\":\"ACCEPTED\",\"reason\":\"the till of the shop\"}";
        assertThat(call("auditor", "POST", resolve, "application/json", decision).statusCode()).isEqualTo(403);
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> resolved = call("operator", "POST", resolve, "application/json", decision);
            assertThat(resolved.statusCode()).as(resolved.body()).isEqualTo(200);
            assertThat(resolved.body()).contains("\"state\":\"RESOLVED\"", "\"actor\":\"op1\"", "the till of the shop");
        }
        assertThat(call("operator", "POST", resolve, "application/json", "{\"act\":\"REFUNDED\",\"reason\":\"x\"}").body())
                .contains("DISCREPANCY_CLOSED");

        String upload = "/wechat/" + day + "/bill";
        assertThat(call("operator", "POST", upload, "text/csv", "not a bill").body()).contains("BILL_REJECTED", "BILL_");
        HttpResponse<String> uploaded = call("operator", "POST", upload, "text/csv",
                new BillText(Facts.MERCHANT.merchantId()).payment("4001", "A", 7300, paidAt).payment("4002", "B", 7300, paidAt).text());
        assertThat(uploaded.body()).contains("\"version\":2", "\"payments\":2");
        assertThat(call("operator", "POST", "/wechat/" + LocalDate.now(ZoneId.of("Asia/Shanghai")) + "/run", "application/json", "").body())
                .contains("DAY_NOT_OVER");
        String month = day.toString().substring(0, 7);
        assertThat(get("auditor", "/statement?month=" + month)).contains("\"gross\":\"146.00\"", "\"issued_quota\":");
        assertThat(get("auditor", "/statement?format=csv&month=" + month)).startsWith("\uFEFFprovider,day,")
                .contains("wechat," + day + ",2,0,146.00,0.00,0.88,145.12\r\n", "wechat,total,2,0,146.00,0.00,0.88,145.12\r\n");
    }
}
