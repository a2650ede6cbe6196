package dev.sluice.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import dev.sluice.provider.tally.TallyServer;

import static org.assertj.core.api.Assertions.assertThat;

/// A provider is a place: one that lives only in the test code of this module takes orders, notifications, questions and closes through
/// the real apps, and no main file names it.
class ThirdProviderJourneyIT {
    private static final String KEY = "a-key-that-only-tally-and-we-have";
    private static final Pattern NAME = Pattern.compile("(?i)\\btally");
    private static final long UNIT = 500_000;
    private static final AtomicLong NEXT_USER = new AtomicLong(1);
    private static final Duration EXPIRY = Duration.ofMinutes(6);

    @TempDir
    private static Path folder;
    private static TallyServer tally;
    private static TimeMachine machine;

    @BeforeAll
    static void start() throws Exception {
        tally = new TallyServer(KEY);
        machine = new TimeMachine(folder, Map.of("TallyMerchant", "merchant-1", "TallyKey", KEY, "TallyGatewayUrl", tally.address(),
                "OrderExpireMinutes", EXPIRY.toMinutes()));
        machine.alsoSecret("tally-key", KEY);
    }

    @AfterAll
    static void stop() {
        machine.close();
        tally.close();
    }

    private static Shopper anyShopper() {
        return Shopper.of(machine.sluice, NEXT_USER.incrementAndGet(), machine.secret);
    }

    private static Shopper operator() {
        return Shopper.operator(machine.sluice, machine.secret);
    }

    private static String placed(Shopper shopper) {
        return shopper.order("tally", 10, "k").path("order_id").asString();
    }

    @Test
    void isShownAndOfferedLikeTheOthers() {
        JsonNode info = anyShopper().info();

        assertThat(info.path("enable_tally_topup").asBoolean()).isTrue();
        assertThat(info.path("tally_min_topup").asLong()).isEqualTo(2);
        assertThat(info.path("pay_methods").valueStream().map(method -> method.path("type").asString()))
                .containsExactlyInAnyOrder("wechat", "alipay", "tally");
        assertThat(info.path("pay_methods").toString()).contains("计数支付");
        assertThat(operator().options().path("TallyKey").asString()).startsWith("••••").doesNotContain(KEY);
    }

    @Test
    void aNotifiedPaymentIsCreditedAndAForgedNotificationIsNot() throws Exception {
        Shopper shopper = anyShopper();
        String number = placed(shopper);
        assertThat(shopper.view(number).path("pay_url").asString()).isEqualTo("https://tally.example.com/" + number);
        tally.pay(number);

        assertThat(tally.notifyOf(number, "another key").statusCode()).as("the reply is the provider's own").isEqualTo(503);
        var recorded = tally.notifyOf(number, KEY);

        assertThat(recorded.statusCode()).isEqualTo(202);
        assertThat(recorded.body()).isEqualTo("{\"code\":\"RECORDED\"}");
        shopper.awaitStatus(number, "CREDITED");
        assertThat(shopper.quota()).isEqualTo(10 * UNIT);
        operator().awaitTimeline(number, "OrderCreated", "PaymentConfirmed NOTIFICATION", "QuotaCredited");
        assertThat(operator().timeline(number)).anySatisfy(entry -> assertThat(entry).startsWith("Notification FORGED"));
    }

    @Test
    void aPaymentWithoutANotificationIsFoundByAsking() {
        Shopper shopper = anyShopper();
        String number = placed(shopper);
        tally.pay(number);

        machine.forward(Duration.ofMinutes(1));

        shopper.awaitStatus(number, "CREDITED");
        operator().awaitTimeline(number, "OrderCreated", "PaymentConfirmed QUERY");
    }

    @Test
    void anUnpaidOrderIsClosedThereAndHere() {
        Shopper shopper = anyShopper();
        String number = placed(shopper);

        machine.forward(EXPIRY.plusSeconds(5));

        shopper.awaitStatus(number, "CLOSED");
        assertThat(tally.state(number)).isEqualTo("CLOSED");
        operator().awaitTimeline(number, "OrderCreated", "ProviderAnswer CLOSED", "OrderClosed EXPIRED");
    }

    @Test
    void noMainFileNamesIt() throws IOException {
        List<Path> naming;
        try (var files = Files.walk(Path.of(".."))) {
            naming = files.filter(Files::isRegularFile).filter(file -> file.toString().contains("/src/main/"))
                    .filter(ThirdProviderJourneyIT::namesIt).toList();
        }

        assertThat(naming).isEmpty();
    }

    private static boolean namesIt(Path file) {
        try {
            return NAME.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).find();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
