package dev.sluice.notify;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.value.Provider;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventLog;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.notification.RawNotification;
import dev.sluice.provider.notification.Verdict;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.SettingsChange;
import dev.sluice.setting.StoredSetting;
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
        Topic.ensureAll(KafkaCluster.singleNode(KAFKA.getBrokersAsString()));
        log = EventLog.connect(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), "test", Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        log.close();
        KAFKA.destroy();
    }

    @Test
    void aReplacedKeyIsBelievedUntilItsTimeIsOverAndNoFaultOfAnotherSettingChangesThat() {
        set(Map.of(of("WechatAppId"), "wx0000000000000001", of("WechatMchId"), "1900000001", of("WechatSignType"), "MD5",
                of("WechatApiV2Key"), NEW, of("WechatApiV2KeyPrevious"), OLD));
        Instant last = CHANGED.plus(Duration.ofDays(2)).minusMillis(1);
        try (LiveSettings live = LiveSettings.follow(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), Settings.none(), KEYRING)) {
            var verifiers = new Verifiers(PaymentChannels.installed(), live);

            assertThat(isBelieved(verifiers, NEW, last)).isTrue();
            assertThat(isBelieved(verifiers, OLD, last)).isTrue();
            assertThat(isBelieved(verifiers, OLD, last.plusMillis(1))).isFalse();
            assertThat(isBelieved(verifiers, "0".repeat(32), last)).isFalse();

            set(Map.of(of("AlipayAppId"), "not-an-id", of("AlipaySellerId"), "2088000000000001", of("AlipayPublicKey"),
                    "none"));
            assertThat(live.catchUp(Duration.ofSeconds(10))).isTrue();
            assertThat(isBelieved(verifiers, NEW, last)).as("of the other provider").isTrue();

            set(Map.of(of("WechatApiV2KeyPrevious"), "a key that a version before took"));
            assertThat(live.catchUp(Duration.ofSeconds(10))).isTrue();
            assertThat(isBelieved(verifiers, NEW, last)).as("of the key before").isTrue();
            assertThat(isBelieved(verifiers, OLD, last)).isFalse();
        }
        try (LiveSettings live = LiveSettings.follow(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), Settings.none(), KEYRING)) {
            assertThat(isBelieved(new Verifiers(PaymentChannels.installed(), live), NEW, last)).as("after a restart").isTrue();
        }
    }

    @Test
    void aKeyThatWasTakenAwayIsBelievedUntilItsTimeIsOver() {
        set(Map.of(of("WechatAppId"), "wx0000000000000001", of("WechatMchId"), "1900000001", of("WechatSignType"), "MD5",
                of("WechatApiV2Key"), "", of("WechatApiV2KeyPrevious"), OLD));
        set(Map.of(of("AlipayAppId"), "9021000000000001", of("AlipaySellerId"), "2088000000000001", of("AlipayPublicKey"), "",
                of("AlipayPublicKeyPrevious"), String.valueOf(ReceivedReply.settings().get("AlipayPublicKey"))));
        Instant last = CHANGED.plus(Duration.ofDays(2)).minusMillis(1);
        byte[] alipay = new ReceivedReply("T1").alipay().getBytes(StandardCharsets.UTF_8);
        try (LiveSettings live = LiveSettings.follow(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), Settings.none(), KEYRING)) {
            Verifiers verifiers = new Verifiers(PaymentChannels.installed(), live);

            assertThat(isBelieved(verifiers, OLD, last)).isTrue();
            assertThat(isBelieved(verifiers, OLD, last.plusMillis(1))).isFalse();
            assertThat(isBelieved(verifiers, NEW, last)).isFalse();
            assertThat(verify(verifiers, Providers.ALIPAY, alipay, last)).isInstanceOf(Verdict.Paid.class);
            assertThat(verify(verifiers, Providers.ALIPAY, alipay, last.plusMillis(1))).isInstanceOf(Verdict.Forged.class);
        }
    }

    /// An order was placed with another `ServerAddress`, and both methods were switched off since: what was paid is verified all the same.
    @Test
    void neitherTheAddressNorASwitchTakesAVerifierAway() {
        set(Map.of(of("WechatAppId"), "wx0000000000000001", of("WechatMchId"), "1900000001", of("WechatSignType"), "MD5",
                of("WechatApiV2Key"), NEW));
        set(Map.of(of("AlipayAppId"), "9021000000000001", of("AlipaySellerId"), "2088000000000001", of("AlipayPublicKey"),
                String.valueOf(ReceivedReply.settings().get("AlipayPublicKey")), of("ServerAddress"), "https://old.example.com"));
        byte[] alipay = new ReceivedReply("T1").alipay().getBytes(StandardCharsets.UTF_8);
        try (LiveSettings live = LiveSettings.follow(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), Settings.none(), KEYRING)) {
            var verifiers = new Verifiers(PaymentChannels.installed(), live);

            set(Map.of(of("ServerAddress"), "https://new.example.com", of("WechatEnabled"), "false", of("AlipayEnabled"), "false"));
            assertThat(live.catchUp(Duration.ofSeconds(10))).isTrue();

            assertThat(isBelieved(verifiers, NEW, CHANGED)).isTrue();
            assertThat(verify(verifiers, Providers.ALIPAY, alipay, CHANGED)).isInstanceOf(Verdict.Paid.class);
        }
    }

    @Test
    void aProviderWithoutAKeyHasNoVerifier() {
        try (LiveSettings live = LiveSettings.follow(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), Settings.none(),
                Keyring.ofMasterKey(""))) {
            assertThat(new Verifiers(new PaymentChannels(List.of()), live).find(Providers.ALIPAY)).isEmpty();
        }
    }

    private static boolean isBelieved(Verifiers verifiers, String key, Instant now) {
        byte[] notice = new ReceivedReply("T1").wechat(Map.of(), key).getBytes(StandardCharsets.UTF_8);
        return verify(verifiers, Providers.WECHAT, notice, now) instanceof Verdict.Paid;
    }

    private static Verdict verify(Verifiers verifiers, Provider provider, byte[] body, Instant now) {
        return verifiers.find(provider).orElseThrow().verify(new RawNotification(Map.of(), body, now));
    }

    private static Setting of(String label) {
        return Setting.ofLabel(label).orElseThrow();
    }

    private static JsonNode json(String value) {
        return value.equals("false") ? BooleanNode.FALSE : StringNode.valueOf(value);
    }

    /// An empty value takes one back.
    private static void set(Map<Setting, String> values) {
        Map<Setting, StoredSetting> stored = new LinkedHashMap<>();
        values.forEach((setting, value) -> stored.put(setting, new StoredSetting(
                Optional.of(value).filter(text -> !text.isEmpty()).map(VerifiersIT::json), new UserId("1"), CHANGED)));
        try (LiveSettings orderApi = LiveSettings.follow(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), Settings.none(), KEYRING)) {
            new SettingsChange(orderApi, KEYRING, log).append(new UserId("1"), CHANGED, stored, List.of());
        }
    }
}
