package dev.sluice.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import dev.sluice.standalone.embedded.FreePort;
import dev.sluice.testing.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The disk of the data fills up, on a small disk: first no new orders, then the process ends, and nothing that was acknowledged is lost.
@BesideOthers
@EnabledIfSystemProperty(named = "sluice.test.deep", matches = "true", disabledReason = "runs with the profile deep")
class FullDiskIT {
    private static final long UNIT = 500_000;
    private static final int DISK_MEBIBYTES = 600;
    private static final String SECRET = "a secret of this test, and of nothing else";
    private static final List<String> COMMAND = List.of("-cp", System.getProperty("java.class.path"), Standalone.class.getName(), "--demo");
    /// Looks at the disk are ten seconds apart.
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(15);

    @TempDir
    private Path folder;
    private SmallDisk disk;
    private Path data;
    private Path log;
    private final int port = FreePort.find();

    @BeforeEach
    void mount() throws IOException {
        disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")), DISK_MEBIBYTES);
        data = disk.folder().resolve("data");
        log = folder.resolve("full-disk.log");
    }

    @AfterEach
    void unmount() {
        if (disk != null) {
            disk.close();
        }
    }

    private record Order(Shopper shopper, String number, String method) {}

    @Test
    void newOrdersStopFirstAndNothingAcknowledgedIsLost() throws Exception {
        List<Order> acknowledged = new ArrayList<>();
        List<Order> refused = new ArrayList<>();
        try (Running sluice = start()) {
            Order before = order(sluice, 1, "wechat");
            List<Order> orders = new ArrayList<>();
            for (int user = 2; user <= 30; user++) {
                orders.add(order(sluice, user, user % 2 == 0 ? "wechat" : "alipay"));
            }
            disk.leave(150 * SmallDisk.MEBIBYTE);
            noNewOrdersBut(before, sluice);

            disk.leave(0);
            for (Order order : orders) {
                (notified(sluice, order) ? acknowledged : refused).add(order);
            }
            assertThat(sluice.awaitEnd()).as("it does not go on half").isEqualTo(1);
        }
        assertThat(refused).as("the disk was full before the last").isNotEmpty();
        namesCauseAndRemedy("Sluice has ended: ");

        Ended again = Ended.of(COMMAND, environment());
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.lines()).hasSize(1).first().asString().startsWith("Sluice cannot start: the disk of " + data + " is full");

        disk.makeRoom();
        try (Running sluice = start()) {
            for (Order order : refused) {
                assertThat(notified(sluice, order)).as("sent again").isTrue();
            }
            assertCredited(sluice, acknowledged);
            assertCredited(sluice, refused);
            assertThat(order(sluice, 100, "wechat").number()).as("new orders are taken").isNotEmpty();

            disk.leave(40 * SmallDisk.MEBIBYTE);
            assertThat(sluice.awaitEnd()).as("in order, before a server fails").isEqualTo(1);
        }
        namesCauseAndRemedy("Sluice has ended: ");
        assertThat(data.resolve("postgres/postmaster.pid")).as("PostgreSQL was shut down").doesNotExist();
    }

    private void noNewOrdersBut(Order before, Running sluice) throws IOException {
        Shopper another = Shopper.of(sluice, 50, SECRET);
        Map<String, Object> ten = Map.of("amount", 10, "payment_method", "wechat");
        await().atMost(NOTICED_WITHIN).pollInterval(Duration.ofSeconds(1)).until(
                () -> sluice.postJson("/api/user/wechat/pay", another.token(), ten).path("code").asString("").equals("ORDERS_PAUSED"));
        JsonNode chinese = sluice.postJson("/api/user/alipay/pay", another.token(), Map.of("amount", 10, "payment_method", "alipay"));
        JsonNode english = sluice.postJson("/api/user/wechat/pay", another.token(), ten, "Accept-Language", "en");
        assertThat(chinese.path("data").asString()).isEqualTo("暂停接受新订单，请稍后重试");
        assertThat(english.path("data").asString()).isEqualTo("New orders are paused; please try again later");
        assertThat(List.copyOf(sluice.answers).getLast()).containsIgnoringCase("Retry-After=[60]");
        assertThat(sluice.manage("/readyz").statusCode()).as("pages and payments are served").isEqualTo(200);
        String metrics = sluice.manage("/metrics").body();
        assertThat(metric(metrics, "sluice_disk_usable_bytes")).isLessThan(metric(metrics, "sluice_disk_reserve_bytes")).isPositive();

        assertThat(notified(sluice, before)).isTrue();
        assertCredited(sluice, List.of(before));
    }

    private static double metric(String metrics, String name) {
        return metrics.lines().filter(line -> line.startsWith(name + "{"))
                .map(line -> Double.parseDouble(line.substring(line.indexOf('}') + 1)))
                .findFirst().orElseThrow();
    }

    private Running start() {
        return Running.start(COMMAND, environment(), log, port);
    }

    private Map<String, String> environment() {
        return Map.of("SLUICE_DATA", data.toString(), "SLUICE_PORT", Integer.toString(port), "SLUICE_JWT_SECRET", SECRET,
                "SLUICE_DISK_RESERVE", "200MB");
    }

    private static Order order(Running sluice, long user, String method) {
        Shopper shopper = Shopper.of(sluice, user, SECRET);
        return new Order(shopper, shopper.order(method, 10, "k").path("order_id").asString(), method);
    }

    /// Whether the provider gets the success response.
    private boolean notified(Running sluice, Order order) {
        try {
            String body = new SentNotifications(keys()).paid(order.method(), order.number(), "FULL" + order.number(), 7300);
            return sluice.post("/api/" + order.method() + "/notify", SentNotifications.contentType(order.method()), body)
                    .equals(SentNotifications.success(order.method()));
        } catch (IOException e) {
            return false;
        }
    }

    private Properties keys() throws IOException {
        Properties keys = new Properties();
        try (var in = Files.newInputStream(data.resolve("demo/keys.properties"))) {
            keys.load(in);
        }
        return keys;
    }

    private static void assertCredited(Running sluice, List<Order> orders) {
        for (Order order : orders) {
            Shopper shopper = new Shopper(sluice, order.shopper().token());
            shopper.awaitStatus(order.number(), "CREDITED");
            assertThat(shopper.quota()).as("once").isEqualTo(10 * UNIT);
        }
    }

    private void namesCauseAndRemedy(String beginning) throws IOException {
        assertThat(Files.readAllLines(log)).last().asString().startsWith(beginning + "the disk of " + data + " is full")
                .contains("make room and start again");
    }
}
