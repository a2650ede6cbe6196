package dev.sluice.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.github.f4b6a3.ulid.UlidCreator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.EventLog;
import dev.sluice.event.Provider;
import dev.sluice.event.SettingsChanged;
import dev.sluice.event.Topic;
import dev.sluice.event.UserId;
import dev.sluice.provider.Verdict;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;

/// Which keys are believed until when, with settings as they come from Kafka.
class VerifiersIT {
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);
    private static final Keyring KEYRING = Keyring.ofMasterKey("a".repeat(64));
    private static final Instant CHANGED = Instant.parse("2026-11-22T08:00:00Z");
    private static final String OLD = "192006250b4c09247ec02edce69f6a2d";
    private static final String NEW = "8934e7d15453e97507ef794cf7b0519d";
    private static EventLog log;

    @BeforeAll
    static void start() {
        KAFKA.afterPropertiesSet();
        Topic.ensureAll(KAFKA.getBrokersAsString());
        log = EventLog.connect(KAFKA.getBrokersAsString(), "test", Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        log.close();
        KAFKA.destroy();
    }

    @Test
    void aReplacedKeyIsBelievedUntilItsTimeIsOverAndNoFaultOfAnotherSettingChangesThat() {
        set(Map.of(Setting.WECHAT_APP_ID, "wx0000000000000001", Setting.WECHAT_MCH_ID, "1900000001", Setting.WECHAT_SIGN_TYPE, "MD5",
                Setting.WECHAT_API_V2_KEY, NEW, Setting.WECHAT_API_V2_KEY_PREVIOUS, OLD));
        Instant last = CHANGED.plus(Duration.ofDays(2)).minusMillis(1);
        try (LiveSettings live = LiveSettings.follow(KAFKA.getBrokersAsString(), Settings.none(), KEYRING)) {
            var verifiers = live.making(Verifiers::from);

            assertThat(isBelieved(verifiers.get(), NEW, last)).isTrue();
            assertThat(isBelieved(verifiers.get(), OLD, last)).isTrue();
            assertThat(isBelieved(verifiers.get(), OLD, last.plusMillis(1))).isFalse();
            assertThat(isBelieved(verifiers.get(), "0".repeat(32), last)).isFalse();

            set(Map.of(Setting.ALIPAY_APP_ID, "not-an-id", Setting.ALIPAY_SELLER_ID, "2088000000000001", Setting.ALIPAY_PUBLIC_KEY,
                    "none"));
            assertThat(live.catchUp(Duration.ofSeconds(10))).isTrue();
            assertThat(isBelieved(verifiers.get(), NEW, last)).as("of the other provider").isTrue();

            set(Map.of(Setting.WECHAT_API_V2_KEY_PREVIOUS, "a key that a version before took"));
            assertThat(live.catchUp(Duration.ofSeconds(10))).isTrue();
            assertThat(isBelieved(verifiers.get(), NEW, last)).as("of the key before").isTrue();
            assertThat(isBelieved(verifiers.get(), OLD, last)).isFalse();
        }
        try (LiveSettings live = LiveSettings.follow(KAFKA.getBrokersAsString(), Settings.none(), KEYRING)) {
            assertThat(isBelieved(live.making(Verifiers::from).get(), NEW, last)).as("after a restart").isTrue();
        }
    }

    private static boolean isBelieved(Verifiers verifiers, String key, Instant now) {
        Map<String, String> fields = new TreeMap<>(Map.of("appid", "wx0000000000000001", "mch_id", "1900000001", "return_code", "SUCCESS",
                "result_code", "SUCCESS", "out_trade_no", "T1", "transaction_id", "X1", "total_fee", "100", "time_end", "20261122160000"));
        String text = fields.entrySet().stream().map(Object::toString).collect(Collectors.joining("&", "", "&key=" + key));
        fields.put("sign", md5(text));
        String xml = fields.entrySet().stream().map(field -> "<" + field.getKey() + ">" + field.getValue() + "</" + field.getKey() + ">")
                .collect(Collectors.joining("", "<xml>", "</xml>"));
        return verifiers.verify(Provider.WECHAT, xml.getBytes(java.nio.charset.StandardCharsets.UTF_8), now) instanceof Verdict.Paid;
    }

    private static String md5(String text) {
        try {
            return java.util.HexFormat.of().withUpperCase().formatHex(java.security.MessageDigest.getInstance("MD5")
                    .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Map<Setting, String> values) {
        var sealed = new LinkedHashMap<>(values).entrySet().stream().map(each -> KEYRING.seal(each.getKey(),
                Optional.of(StringNode.valueOf(each.getValue())), new UserId(1), CHANGED)).toList();
        log.append(new SettingsChanged(UlidCreator.getMonotonicUlid().toString(), new UserId(1), CHANGED, List.of()), sealed);
    }
}
