package dev.sluice.setting;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.github.f4b6a3.ulid.UlidCreator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.EditReason;
import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingEdit;
import dev.sluice.event.setting.SettingValue;
import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventLog;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.setting.key.SealingKeys;
import dev.sluice.setting.topic.RefusedRecord;
import dev.sluice.testing.WrittenLog;

import static org.assertj.core.api.Assertions.assertThat;

/// A stranger who can write to Kafka, or a broken gateway, against an order API that has the master key.
class SettingsAttackIT {
    private static final String MASTER = "a".repeat(64);
    private static final Keyring KEYRING = Keyring.ofMasterKey(MASTER);
    private static final UserId OPERATOR = new UserId("1000000");
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
    private EventLog log;
    private KafkaProducer<String, byte[]> stranger;

    @BeforeEach
    void start() {
        kafka.afterPropertiesSet();
        Topic.ensureAll(KafkaCluster.singleNode(kafka.getBrokersAsString()));
        log = EventLog.connect(KafkaCluster.singleNode(kafka.getBrokersAsString()), "test", Clock.systemUTC());
        stranger = new KafkaProducer<>(Map.of("bootstrap.servers", kafka.getBrokersAsString()), new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        stranger.close(Duration.ofSeconds(1));
        log.close();
        kafka.destroy();
    }

    @Test
    void aValueSealedByTheGatewaysKeyIsNotBelieved() {
        try (LiveSettings orderApi = follow()) {
            set(orderApi, AnySettings.ALIPAY_PUBLIC_KEY, "genuine");
            // The gateway's bytes can seal; what it cannot do is sign.
            String id = UlidCreator.getMonotonicUlid().toString();
            var mine = new SettingValue("AlipayPublicKey", Secrecy.VERIFYING, sealedByTheGatewaysKey("\"mine\"", id), OPERATOR, AT, "");

            log.append(new SettingsChanged(id, 2, OPERATOR, AT, List.of(), List.of(mine)), _ -> new byte[64]);

            assertThat(orderApi.catchUp(SOON)).isTrue();
            assertThat(orderApi.current().text(AnySettings.ALIPAY_PUBLIC_KEY)).contains("genuine");
            assertThat(orderApi.refused(RefusedRecord.WRONG_SIGNATURE)).isEqualTo(1);
        }
    }

    @Test
    void anOpenSettingOfAStrangerIsNotBelieved() {
        try (LiveSettings orderApi = follow()) {
            set(orderApi, SalesSettings.TOP_UP_SUBJECT, "quota");
            Keyring own = Keyring.ofMasterKey("b".repeat(64));
            var evil = new SettingValue("WechatGatewayUrl", Secrecy.OPEN, "\"https://evil.example\"", OPERATOR, AT, "");
            var change = new SettingsChanged(UlidCreator.getMonotonicUlid().toString(), 2, OPERATOR, AT, List.of(), List.of(evil));

            log.append(change, own::sign);
            log.append(change, _ -> new byte[0]);

            assertThat(orderApi.catchUp(SOON)).isTrue();
            assertThat(orderApi.current().text(AnySettings.WECHAT_GATEWAY_URL)).contains("https://api.mch.weixin.qq.com");
            assertThat(orderApi.refused(RefusedRecord.WRONG_SIGNATURE)).isEqualTo(2);
            assertThat(orderApi.isReady()).as("what counts is unharmed").isTrue();
            assertThat(orderApi.number()).isEqualTo(1);
        }
        try (LiveSettings orderApi = follow()) {
            assertThat(orderApi.current().text(SalesSettings.TOP_UP_SUBJECT)).as("after a restart, too").contains("quota");
            assertThat(orderApi.refused(RefusedRecord.WRONG_SIGNATURE)).isEqualTo(2);
        }
    }

    @Test
    void anOldChangeThatIsReplayedIsNotBelieved() throws Exception {
        try (LiveSettings orderApi = follow()) {
            set(orderApi, AnySettings.WECHAT_API_V2_KEY, "leaked");
            set(orderApi, AnySettings.WECHAT_API_V2_KEY, "new");
            ConsumerRecord<String, byte[]> first = firstRecord();

            append(first.key(), first.value(), first.headers());

            assertThat(orderApi.catchUp(SOON)).isTrue();
            assertThat(orderApi.current().text(AnySettings.WECHAT_API_V2_KEY)).contains("new");
            assertThat(orderApi.refused(RefusedRecord.OUTDATED)).isEqualTo(1);
        }
    }

    /// Each field is signed: the time until when a previous key is believed, too.
    @Test
    void aSignedChangeCannotBeAltered() throws Exception {
        try (LiveSettings orderApi = follow()) {
            set(orderApi, AnySettings.WECHAT_API_V2_KEY_PREVIOUS, "old");
            ConsumerRecord<String, byte[]> first = firstRecord();
            String later = new String(first.value(), StandardCharsets.UTF_8).replace("\"number\":1", "\"number\":2").replace("2026-11",
                    "2030-11");

            append(first.key(), later.getBytes(StandardCharsets.UTF_8), first.headers());

            assertThat(orderApi.catchUp(SOON)).isTrue();
            assertThat(orderApi.number()).isEqualTo(1);
            assertThat(orderApi.current().before(AnySettings.WECHAT_API_V2_KEY).orElseThrow().until())
                    .isEqualTo(AT.plus(Setting.PREVIOUS_HONOURED));
        }
    }

    /// A sealed value stands for one change; in another it opens nothing, even if that one is signed.
    @Test
    void aSealedValueOfAnOldChangeDoesNotOpenInANewOne() {
        try (LiveSettings orderApi = follow()) {
            SettingsChanged first = set(orderApi, AnySettings.WECHAT_API_V2_KEY, "leaked");

            log.append(new SettingsChanged(UlidCreator.getMonotonicUlid().toString(), 2, OPERATOR, AT, List.of(), first.values()),
                    KEYRING::sign);

            assertThat(orderApi.catchUp(SOON)).isTrue();
            assertThat(orderApi.isReady()).isFalse();
        }
        try (LiveSettings orderApi = follow()) {
            assertThat(orderApi.current().text(AnySettings.WECHAT_API_V2_KEY)).isEmpty();
        }
    }

    @Test
    void aTombstoneTakesNothingBack() throws Exception {
        try (LiveSettings orderApi = follow()) {
            SettingsChanged change = set(orderApi, SalesSettings.TOP_UP_SUBJECT, "quota");

            append(change.id(), null, new RecordHeaders());

            assertThat(orderApi.catchUp(SOON)).isTrue();
            assertThat(orderApi.current().text(SalesSettings.TOP_UP_SUBJECT)).contains("quota");
            assertThat(orderApi.refused(RefusedRecord.TOMBSTONE)).isEqualTo(1);
        }
        try (LiveSettings orderApi = follow()) {
            assertThat(orderApi.current().text(SalesSettings.TOP_UP_SUBJECT)).contains("quota");
        }
    }

    /// Signed by us, as by a newer version or one with a fault: it stops neither what comes after it nor a start.
    @Test
    void nonsenseHarmsNothing() throws Exception {
        String change = "{'id':'X','number':9,'actor':'1','at':'2026-11-22T08:00:00Z',".replace('\'', '"');
        List<String> signed = List.of("{\"id\":", change + "\"edits\":[null],\"values\":[]}", change + "\"edits\":[],\"values\":[null]}");
        try (LiveSettings orderApi = follow()) {
            set(orderApi, SalesSettings.TOP_UP_SUBJECT, "quota");
            append("x", new byte[]{'{'}, new RecordHeaders().add("ce_signature", "not Base64!".getBytes(StandardCharsets.UTF_8)));
            for (String each : signed) {
                byte[] content = each.getBytes(StandardCharsets.UTF_8);
                append("x", content, new RecordHeaders().add("ce_signature", Base64.getEncoder().encode(KEYRING.sign(content))));
            }

            assertThat(orderApi.catchUp(SOON)).isTrue();
            assertThat(orderApi.refused(RefusedRecord.WRONG_SIGNATURE)).isEqualTo(1);
            assertThat(orderApi.refused(RefusedRecord.UNREADABLE)).isEqualTo(signed.size());
            assertThat(orderApi.current().text(SalesSettings.TOP_UP_SUBJECT)).contains("quota");
            set(orderApi, SalesSettings.TOP_UP_SUBJECT, "next");
        }
        try (LiveSettings orderApi = follow()) {
            assertThat(orderApi.current().text(SalesSettings.TOP_UP_SUBJECT)).contains("next");
        }
    }

    /// Of a stranger or of an operator with another master key: an app that starts cannot know what replaced the file's keys.
    @Test
    void whereNoRecordIsSignedByUsTheFilesKeysAreNotBelievedAndNothingIsOffered() {
        log.append(new SettingsChanged(UlidCreator.getMonotonicUlid().toString(), 1, OPERATOR, AT, List.of(), List.of()),
                _ -> new byte[64]);
        Settings file = Settings.of(JsonMapper.shared().readTree("{\"WechatApiV2Key\":\"of the file\",\"Price\":3}"));

        try (LiveSettings orderApi = LiveSettings.follow(KafkaCluster.singleNode(kafka.getBrokersAsString()), file, KEYRING)) {
            assertThat(orderApi.isReady()).isFalse();
            assertThat(orderApi.current().text(AnySettings.WECHAT_API_V2_KEY)).isEmpty();
            assertThat(orderApi.current().flag(AnySettings.WECHAT_ENABLED)).isFalse();

            set(orderApi, SalesSettings.TOP_UP_SUBJECT, "quota");

            assertThat(orderApi.isReady()).as("an operator has set something").isTrue();
            assertThat(orderApi.current().text(AnySettings.WECHAT_API_V2_KEY)).contains("of the file");
        }
    }

    /// Two instances at the same moment: both number their change alike, and the first in the log counts, for every reader.
    @Test
    void ofTwoChangesAtTheSameMomentOneCountsAndTheOtherIsToldSo() {
        try (LiveSettings one = follow(); LiveSettings other = follow()) {
            SettingsChanged first = change(one, SalesSettings.TOP_UP_SUBJECT, "one");
            SettingsChanged second = new SettingsChanged(UlidCreator.getMonotonicUlid().toString(), first.number(), OPERATOR, AT, List.of(),
                    List.of());
            log.append(second, KEYRING::sign);

            assertThat(other.awaitRead(first, SOON)).isEqualTo(LiveSettings.Read.TAKEN);
            assertThat(other.catchUp(SOON)).isTrue();
            assertThat(other.awaitRead(second, SOON)).isEqualTo(LiveSettings.Read.OVERTAKEN);
            assertThat(other.refused(RefusedRecord.OVERTAKEN)).isEqualTo(1);
            assertThat(other.refused(RefusedRecord.OUTDATED)).isZero();
            assertThat(other.current().text(SalesSettings.TOP_UP_SUBJECT)).contains("one");
        }
    }

    /// The master key is changed: first every app knows both, then the new one signs, then the old one goes.
    @Test
    void theMasterKeyCanBeChangedWithoutSettingAnythingAgain() {
        String next = "b".repeat(64);
        try (LiveSettings orderApi = follow()) {
            set(orderApi, AnySettings.WECHAT_API_V2_KEY, "k1");
            set(orderApi, SalesSettings.TOP_UP_SUBJECT, "quota");
            assertThat(orderApi.isSignedByAnOlderKey()).isFalse();
        }
        Keyring both = Keyring.ofMasterKey(next + "," + MASTER);
        try (LiveSettings orderApi = LiveSettings.follow(KafkaCluster.singleNode(kafka.getBrokersAsString()), Settings.none(), both)) {
            assertThat(orderApi.isReady()).isTrue();
            assertThat(orderApi.isSignedByAnOlderKey()).isTrue();

            SettingsChanged again = new SettingsChange(orderApi, both, log).append(OPERATOR, AT, Map.of(), List.of());
            assertThat(orderApi.awaitRead(again, SOON)).isEqualTo(LiveSettings.Read.TAKEN);
            assertThat(orderApi.isSignedByAnOlderKey()).isFalse();
        }
        Keyring gateway = Keyring.ofVerifyingKey(Keyring.verifyingKey(next));
        for (Keyring only : List.of(Keyring.ofMasterKey(next), gateway)) {
            try (LiveSettings app = LiveSettings.follow(KafkaCluster.singleNode(kafka.getBrokersAsString()), Settings.none(), only)) {
                assertThat(app.isReady()).isTrue();
                assertThat(app.current().text(AnySettings.WECHAT_API_V2_KEY)).contains("k1");
                assertThat(app.current().text(SalesSettings.TOP_UP_SUBJECT)).contains("quota");
                assertThat(app.refused(RefusedRecord.WRONG_SIGNATURE)).as("what the old key signed is history").isZero();
            }
        }
    }

    private LiveSettings follow() {
        return LiveSettings.follow(KafkaCluster.singleNode(kafka.getBrokersAsString()), Settings.none(), KEYRING);
    }

    /// Sets a text, and waits until it is live.
    private SettingsChanged set(LiveSettings live, Setting setting, String text) {
        SettingsChanged change = change(live, setting, text);
        assertThat(live.awaitRead(change, SOON)).isEqualTo(LiveSettings.Read.TAKEN);
        return change;
    }

    private SettingsChanged change(LiveSettings live, Setting setting, String text) {
        Optional<JsonNode> value = Optional.of(StringNode.valueOf(text));
        return new SettingsChange(live, KEYRING, log).append(OPERATOR, AT, Map.of(setting, new StoredSetting(value, OPERATOR, AT)),
                List.of(new SettingEdit(setting.label(), "", "", EditReason.NOT_A_KEY)));
    }

    private static String sealedByTheGatewaysKey(String json, String change) {
        byte[] key = HexFormat.of().parseHex(Keyring.verifyingKey(MASTER).substring(0, 64));
        return new SealingKeys(List.of(key)).seal(json, "AlipayPublicKey\n" + change);
    }

    private void append(String key, byte[] value, Headers headers) throws Exception {
        stranger.send(new ProducerRecord<>(Topic.SETTINGS.topicName(), 0, null, key, value, headers)).get(10, TimeUnit.SECONDS);
    }

    private ConsumerRecord<String, byte[]> firstRecord() {
        return new WrittenLog(kafka.getBrokersAsString()).records(Topic.SETTINGS).getFirst();
    }
}
