package dev.sluice.standalone;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Keys are replaced while the shop is open; notices that were signed before keep coming for a while.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RotationJourneyIT {
    private static final String NEW_WECHAT_KEY = "0123456789abcdefghijklmnopqrstuv";

    @TempDir
    private static Path folder;
    private static TimeMachine machine;
    private static Shopper operator;

    @BeforeAll
    static void start() throws Exception {
        machine = new TimeMachine(folder, Map.of());
        operator = Shopper.operator(machine.sluice, machine.secret);
    }

    @AfterAll
    static void stop() {
        machine.close();
    }

    @Test
    @Order(1)
    void anOperatorEndsAKeyThatGotKnownAtOnce() throws Exception {
        Sold sold = Sold.by(machine, "wechat", 1);
        operator.set("?unchecked=true", Map.of("WechatApiV2Key", NEW_WECHAT_KEY));
        assertThat(operator.options().path("WechatApiV2KeyPrevious").asString()).startsWith("••••");

        assertThat(operator.set(Map.of("WechatApiV2KeyPrevious", "")).path("success").asBoolean()).isTrue();

        await().atMost(Duration.ofSeconds(5)).until(() -> !sold.told(new SentNotifications(machine.keys()), 0));
        JsonNode set = operator.set("", Map.of("WechatApiV2Key", machine.keys().getProperty("wechat-api-key")));
        assertThat(set.path("success").asBoolean()).as(set.toString()).isTrue();
    }

    @Test
    @Order(2)
    void aReplacedKeyIsBelievedForTwoDaysAndNotLonger() throws Exception {
        SentNotifications old = new SentNotifications(machine.keys());
        SentNotifications fresh = new SentNotifications(new Properties(machine.keys()));
        KeyPair alipay = rsa();
        fresh.keys().setProperty("wechat-api-key", NEW_WECHAT_KEY);
        fresh.keys().setProperty("alipay-private-key", base64(alipay.getPrivate().getEncoded()));
        List<Sold> all = List.of(Sold.by(machine, "wechat", 2), Sold.by(machine, "alipay", 3));

        // The providers of this test know nothing of the new keys.
        JsonNode set = operator.set("?unchecked=true", Map.of("WechatApiV2Key", NEW_WECHAT_KEY, "AlipayPublicKey",
                base64(alipay.getPublic().getEncoded())));

        assertThat(set.path("success").asBoolean()).as(set.toString()).isTrue();
        machine.alsoSecret("the new key", NEW_WECHAT_KEY);
        for (Sold sold : all) {
            // Another app follows within a moment.
            await().atMost(Duration.ofSeconds(5)).until(() -> sold.told(fresh, 0));
            assertThat(sold.told(old, 1)).as("by the old key").isTrue();
            sold.shopper().awaitStatus(sold.number(1), "CREDITED");
        }
        machine.forward(Duration.ofDays(2).minusMinutes(10));
        for (Sold sold : all) {
            assertThat(sold.told(old, 2)).as("shortly before two days are over").isTrue();
        }
        machine.forward(Duration.ofMinutes(11));
        for (Sold sold : all) {
            assertThat(sold.told(old, 3)).as("after two days").isFalse();
            assertThat(sold.told(fresh, 3)).as("by the new key").isTrue();
            for (int i = 0; i < Sold.ORDERS; i++) {
                sold.shopper().awaitStatus(sold.number(i), "CREDITED");
            }
        }
    }

    /// Some orders of one user.
    private record Sold(TimeMachine machine, String method, Shopper shopper, List<String> numbers) {
        static final int ORDERS = 4;

        static Sold by(TimeMachine machine, String method, long user) {
            Shopper shopper = Shopper.of(machine.sluice, user, machine.secret);
            List<String> numbers = java.util.stream.IntStream.range(0, ORDERS)
                    .mapToObj(i -> shopper.order(method, 10, "k" + i).path("order_id").asString()).toList();
            return new Sold(machine, method, shopper, numbers);
        }

        String number(int order) {
            return numbers.get(order);
        }

        /// Whether the notice was answered with the success word.
        boolean told(SentNotifications notices, int order) throws Exception {
            String notice = notices.paid(method, number(order), "R" + number(order), 7300);
            return machine.sluice.post("/api/" + method + "/notify", SentNotifications.contentType(method), notice)
                    .equals(SentNotifications.success(method));
        }
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}
