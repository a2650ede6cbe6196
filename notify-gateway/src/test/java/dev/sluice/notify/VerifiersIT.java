package dev.sluice.notify;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.github.f4b6a3.ulid.UlidCreator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventLog;
import dev.sluice.log.Topic;
import dev.sluice.provider.Verdict;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Providers;

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
            var verifiers = live.derive(Verifiers::from);

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
            assertThat(isBelieved(live.derive(Verifiers::from).get(), NEW, last)).as("after a restart").isTrue();
        }
    }

    @Test
    void aKeyThatWasTakenAwayIsBelievedUntilItsTimeIsOver() {
        set(Map.of(Setting.WECHAT_APP_ID, "wx0000000000000001", Setting.WECHAT_MCH_ID, "1900000001", Setting.WECHAT_SIGN_TYPE, "MD5",
                Setting.WECHAT_API_V2_KEY, "", Setting.WECHAT_API_V2_KEY_PREVIOUS, OLD));
        set(Map.of(Setting.ALIPAY_APP_ID, "9021000000000001", Setting.ALIPAY_SELLER_ID, "2088000000000001", Setting.ALIPAY_PUBLIC_KEY, "",
                Setting.ALIPAY_PUBLIC_KEY_PREVIOUS, String.valueOf(ReceivedReply.settings().get("AlipayPublicKey"))));
        Instant last = CHANGED.plus(Duration.ofDays(2)).minusMillis(1);
        byte[] alipay = new ReceivedReply("T1").alipay().getBytes(StandardCharsets.UTF_8);
        try (LiveSettings live = LiveSettings.follow(KAFKA.getBrokersAsString(), Settings.none(), KEYRING)) {
            Verifiers verifiers = live.derive(Verifiers::from).get();

            assertThat(isBelieved(verifiers, OLD, last)).isTrue();
            assertThat(isBelieved(verifiers, OLD, last.plusMillis(1))).isFalse();
            assertThat(isBelieved(verifiers, NEW, last)).isFalse();
            assertThat(verifiers.verify(Providers.ALIPAY, alipay, last)).isInstanceOf(Verdict.Paid.class);
            assertThat(verifiers.verify(Providers.ALIPAY, alipay, last.plusMillis(1))).isInstanceOf(Verdict.Forged.class);
        }
    }

    private static boolean isBelieved(Verifiers verifiers, String key, Instant now) {
        byte[] notice = new ReceivedReply("T1").wechat(Map.of(), key).getBytes(StandardCharsets.UTF_8);
        return verifiers.verify(Providers.WECHAT, notice, now) instanceof Verdict.Paid;
    }

    /// An empty value takes one back.
    private static void set(Map<Setting, String> values) {
        var sealed = new LinkedHashMap<>(values).entrySet().stream().map(each -> KEYRING.seal(each.getKey(),
                Optional.of(each.getValue()).filter(value -> !value.isEmpty()).map(StringNode::valueOf), new UserId("1"), CHANGED))
                .toList();
        log.append(new SettingsChanged(UlidCreator.getMonotonicUlid().toString(), new UserId("1"), CHANGED, List.of()), sealed);
    }
}
