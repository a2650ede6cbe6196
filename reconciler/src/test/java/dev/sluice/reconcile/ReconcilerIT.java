package dev.sluice.reconcile;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.HoldReason;
import dev.sluice.event.value.Money;
import dev.sluice.log.EventLog;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.reconcile.unsettled.UnsettledPayments;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The whole reconciler on a real Kafka and a real PostgreSQL.
class ReconcilerIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MANY = 100_000;
    private static final long MOST_HEAP_OF_A_SLOW_READER = 20L << 20;

    @TempDir
    private static Path folder;
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext app;
    private static EventLog log;

    @BeforeAll
    static void start() throws Exception {
        KAFKA.afterPropertiesSet();
        postgres = EmbeddedPostgres.start();
        app = Reconciler.application().run("--server.port=0", "--management.server.port=0", "--SLUICE_JWT_SECRET=" + Tokens.SECRET,
                "--SLUICE_KAFKA=" + KAFKA.getBrokersAsString(),
                "--SLUICE_KAFKA_REPLICATION=1",
                "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--SLUICE_SETTINGS=" + Files.writeString(folder.resolve("settings.json"), "{}"));
        log = EventLog.connect(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), "test", Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws IOException {
        log.close();
        app.close();
        postgres.close();
        KAFKA.destroy();
    }

    @Test
    void seesMoneyThatWaitsUntilItHasAnOutcome() {
        var waiting = app.getBean(UnsettledPayments.class);
        log.append(Facts.payment("A", "XA", 100));
        log.append(Facts.payment("B", "XB", 30));
        log.append(Facts.payment("B", "XB", 30));

        await().atMost(SOON).until(() -> waiting.sum().fen() == 130);
        log.append(Facts.credited("A", "XA", 1, 1));
        await().atMost(SOON).until(() -> waiting.sum().fen() == 30);
        log.append(Facts.held("B", "XB", Money.ofFen(30), HoldReason.UNKNOWN_ORDER));
        await().atMost(SOON).until(() -> waiting.sum().fen() == 0);
        assertThat(waiting.sum().fen()).isZero();
    }

    /// The routes exist for the front door: whatever is not named is denied.
    @Test
    void deniesWhatARoleMayNotDo() throws Exception {
        for (String path : List.of("/api/audit/heads", "/api/audit/events", "/api/audit/verify", "/api/reconcile/days")) {
            assertThat(get(path, null).statusCode()).as(path).isEqualTo(401);
            assertThat(get(path, "user").statusCode()).as(path).isEqualTo(403);
            assertThat(get(path, "admin").statusCode()).as(path).isEqualTo(403);
        }
        assertThat(get("/api/audit/heads", "operator").statusCode()).isEqualTo(403);
        assertThat(get("/api/reconcile/none", "operator").statusCode()).isEqualTo(404);
        assertThat(get("/api/reconcile/none", "auditor").statusCode()).isEqualTo(404);
        assertThat(get("/api/topup", "operator").statusCode()).as("another app's").isEqualTo(403);
        assertThat(send(request("/api/reconcile/none", "auditor").POST(HttpRequest.BodyPublishers.noBody()).build()).statusCode())
                .isEqualTo(403);
        assertThat(send(request("/api/audit/none", "auditor").POST(HttpRequest.BodyPublishers.noBody()).build()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void exportsTheAuditAndGoesOnBehindARow() throws Exception {
        audited("C", 42);

        List<JsonNode> rows = lines(get("/api/audit/events?order=C", "auditor"));
        assertThat(rows).extracting(row -> row.get("type").asString()).containsExactly("dev.sluice.OrderCreated.v1",
                "dev.sluice.PaymentConfirmed.v1", "dev.sluice.QuotaCredited.v1");
        assertThat(rows.get(1).get("money_in").asLong()).isEqualTo(7305);
        assertThat(rows.get(2).get("credit_account").asString()).isEqualTo("user:42");
        assertThat(lines(get("/api/audit/events?order=C&after=" + rows.get(1).get("after").asString(), "auditor"))).singleElement()
                .isEqualTo(rows.get(2));
        assertThat(lines(get("/api/audit/events?user=42&type=QuotaCredited&value=true", "auditor")).getFirst().get("value").asString())
                .contains("\"user_id\":\"42\"");
        assertThat(lines(get("/api/audit/events?order=C&to=2020-01-01", "auditor"))).isEmpty();
        for (String wrong : List.of("from=yesterday", "format=xlsx", "after=x", "user=%00", "to=9999-12-31")) {
            HttpResponse<byte[]> refused = get("/api/audit/events?" + wrong, "auditor");
            assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
            assertThat(text(refused)).contains("\"code\":\"MALFORMED\"").contains(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void verifiesTheChainAndShowsItsHeads() throws Exception {
        audited("D", 43);

        JsonNode end = lines(get("/api/audit/verify", "auditor")).getLast();
        assertThat(end.get("covered").valueStream()).anyMatch(partition -> partition.get("topic").asString().equals("sluice.events"));
        // Rows that other tests have made have no chain.
        assertThat(end.get("verified").asBoolean() || end.at("/broken/topic").asString().equals("sluice.made")).isTrue();
        await().atMost(SOON).until(() -> {
            JsonNode heads = JsonMapper.shared().readTree(get("/api/audit/heads", "auditor").body()).get("data");
            return !heads.get("now").isEmpty();
        });
    }

    /// A user's id is chosen outside: none becomes a formula in the auditor's spreadsheet.
    @Test
    void csvIsSafeForASpreadsheet() throws Exception {
        hostile();

        String csv = text(get("/api/audit/events?type=QuotaCredited&format=csv", "auditor"));

        assertThat(csv).startsWith("\uFEFFtime_beijing,").contains("\r\n");
        assertThat(csv).contains(",'=1+1,").contains(",'@SUM(A1),").contains(",'-2,").contains(",'+3,").contains(",'12345678901234567890,");
    }

    /// LibreOffice opens the file as a person's spreadsheet does, and shows the same numbers.
    @Test
    void aRealSpreadsheetShowsTheSameNumbers() throws Exception {
        audited("E", 44);
        boolean installed = Files.isExecutable(Path.of("/usr/bin/soffice"));
        if (!installed) {
            System.err
                    .println("SKIPPED: no /usr/bin/soffice (apt-get install libreoffice-calc), so no real spreadsheet has opened the CSV");
        }
        assumeTrue(installed);
        Path csv = Files.write(folder.resolve("audit.csv"), get("/api/audit/events?order=E&format=csv", "auditor").body());
        // To the program's own format and back: what comes out is what its cells hold.
        convert(csv, "ods");
        Files.delete(csv);
        convert(folder.resolve("audit.ods"), "csv");

        List<String[]> rows = Files.readAllLines(folder.resolve("audit.csv")).stream().map(line -> line.split(",", -1)).toList();
        List<String> names = List.of(rows.getFirst());
        assertThat(names.getFirst()).endsWith("time_beijing");
        assertThat(rows.get(2)[names.indexOf("money_in_yuan")]).isEqualTo("73.05");
        assertThat(rows.get(2)[names.indexOf("money_in_fen")]).isEqualTo("7305");
        assertThat(rows.get(3)[names.indexOf("quota")]).isEqualTo("5000");
    }

    private static void convert(Path file, String format) throws Exception {
        Process office = new ProcessBuilder("/usr/bin/soffice", "-env:UserInstallation=file://" + folder.resolve("office"), "--headless",
                "--convert-to", format, "--outdir", folder.toString(), file.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("office.log").toFile()).start();
        assertThat(office.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(office.exitValue()).as(Files.readString(folder.resolve("office.log"))).isZero();
    }

    /// A caller that stops reading holds no rows in memory, and gets all of them when it goes on.
    @Test
    void aSlowReaderDoesNotHoldTheHeap() throws Exception {
        many();
        int port = port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET /api/audit/events?user=many HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n"
                            + "Authorization: Bearer " + Tokens.of(1, "role", "auditor") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            long before = usedHeap();
            // What the server has written into the connection stands still.
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            assertThat(usedHeap() - before).isLessThan(MOST_HEAP_OF_A_SLOW_READER);

            long rows = 0;
            byte[] buffer = new byte[64 * 1024];
            for (int read = answer.read(buffer); read >= 0; read = answer.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    rows += buffer[i] == '}' ? 1 : 0;
                }
            }
            assertThat(rows).isEqualTo(MANY);
        }
    }

    /// More than the limit are refused; those whose callers go away make room.
    @Test
    void limitsExportsAndEndsThoseWhoseCallersAreGone() throws Exception {
        many();
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
            socket.getOutputStream().write(("GET /api/audit/events?user=many HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                    + Tokens.of(1, "role", "auditor") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            open.add(socket);
        }

        HttpResponse<byte[]> refused = get("/api/audit/events?order=NONE", "auditor");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(text(refused)).contains("TOO_MANY_EXPORTS");
        for (Socket socket : open) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        await().atMost(SOON).until(() -> get("/api/audit/events?order=NONE", "auditor").statusCode() == 200);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /// Rows that no log has made, once.
    private static void many() {
        JdbcClient.create(postgres.getPostgresDatabase()).sql("""
                insert into audit.event select 'sluice.made', 0, i, i, 'id' || i, 'dev.sluice.Made.v1', now(), false, 'M' || i, 'many', 'wechat',
                    null, null, i, null, 'CNY', null, null, null, 'value', decode(repeat('00', 32), 'hex')
                from generate_series(1, ?) i on conflict do nothing""").param(MANY).update();
    }

    private static void hostile() {
        JdbcClient.create(postgres.getPostgresDatabase()).sql("""
                insert into audit.event select 'sluice.made', 1, i, i, 'id' || i, 'dev.sluice.QuotaCredited.v1', now(), false, 'H' || i, u, 'wechat',
                    null, null, null, null, null, 5, 'issued', 'user:' || u, 'value', decode(repeat('00', 32), 'hex')
                from unnest(array['=1+1', '@SUM(A1)', '-2', '+3', '12345678901234567890']) with ordinality as h (u, i)
                on conflict do nothing""").update();
    }

    private static void audited(String order, long user) {
        log.append(List.of(Facts.order(order, user, 7305, 5_000), Facts.payment(order, "X" + order, 7305),
                Facts.credited(order, "X" + order, user, 5_000)));
        await().atMost(SOON).until(() -> lines(get("/api/audit/events?order=" + order, "auditor")).size() == 3);
    }

    private static int port() {
        return app.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static HttpResponse<byte[]> get(String path, String role) throws IOException, InterruptedException {
        return send(request(path, role).build());
    }

    private static HttpRequest.Builder request(String path, String role) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        return role == null ? request : request.header("Authorization", "Bearer " + Tokens.of(1, "role", role));
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static List<JsonNode> lines(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return text(answer).lines().map(JsonMapper.shared()::readTree).toList();
    }
}
