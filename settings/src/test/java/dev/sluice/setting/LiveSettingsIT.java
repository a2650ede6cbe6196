package dev.sluice.setting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.github.f4b6a3.ulid.UlidCreator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.setting.EditReason;
import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingEdit;
import dev.sluice.event.setting.SettingValue;
import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventLog;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.testing.BesideOthers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/// On a real Kafka, with a fresh topic for each test.
@BesideOthers
class LiveSettingsIT {
    private static final Keyring KEYRING = Keyring.ofMasterKey("a".repeat(64));
    private static final UserId OPERATOR = new UserId("1000000");
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private final EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
    private EventLog log;

    @BeforeEach
    void start() {
        kafka.afterPropertiesSet();
        Topic.ensureAll(KafkaCluster.singleNode(kafka.getBrokersAsString()));
        log = EventLog.connect(KafkaCluster.singleNode(kafka.getBrokersAsString()), "test", Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        log.close();
        kafka.destroy();
    }

    @Test
    void whatIsSetIsReadBeforeTheStartAndFollowedWithinASecondAfter() {
        set(Map.of(SalesSettings.PRICE, json("8.8"), AnySettings.WECHAT_API_V2_KEY, json("'k1'")));

        try (LiveSettings live = follow(bootstrap("{'Price':1,'WechatMinTopUp':3}"))) {
            assertThat(live.isReady()).isTrue();
            assertThat(live.current().decimal(SalesSettings.PRICE)).isEqualTo("8.8");
            assertThat(live.current().whole(AnySettings.WECHAT_MIN_TOP_UP)).as("the file's stays").isEqualTo(3);
            assertThat(live.current().text(AnySettings.WECHAT_API_V2_KEY)).contains("k1");

            Instant before = Instant.now();
            SettingsChanged change = set(Map.of(SalesSettings.PRICE, json("9.9")));

            assertThat(live.awaitRead(change, Duration.ofSeconds(10))).isEqualTo(LiveSettings.Read.TAKEN);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
            assertThat(live.current().decimal(SalesSettings.PRICE)).isEqualTo("9.9");
            assertThat(live.stored().get(SalesSettings.PRICE).actor()).isEqualTo(OPERATOR);
            assertThat(live.changes().getFirst().edits()).extracting(SettingEdit::setting).containsExactly("Price");
            assertThat(live.changedTimes(SalesSettings.PRICE)).as("the change before the start was another one").isEqualTo(1);
            assertThat(live.changedTimes(SalesSettings.QUOTA_PER_UNIT)).isZero();
            assertThat(live.number()).isEqualTo(2);
            SettingsChanged never = new SettingsChanged("never", 3, OPERATOR, AT, List.of(), List.of());
            assertThat(live.awaitRead(never, Duration.ofMillis(50))).isEqualTo(LiveSettings.Read.NOT_YET);
        }
    }

    @Test
    void whatIsTakenBackIsAgainWhatTheFileSays() {
        set(Map.of(SalesSettings.PRICE, json("8.8")));
        set(Map.of(SalesSettings.PRICE, Optional.empty()));

        try (LiveSettings live = follow(bootstrap("{'Price':2}"))) {
            assertThat(live.current().decimal(SalesSettings.PRICE)).isEqualTo("2");
            assertThat(live.stored()).containsKey(SalesSettings.PRICE);
        }
    }

    @Test
    void aReplacedKeyIsKnownUntilTwoDaysAfterTheChange() {
        set(Map.of(AnySettings.WECHAT_API_V2_KEY, json("'new'"), AnySettings.WECHAT_API_V2_KEY_PREVIOUS, json("'old'")));

        try (LiveSettings live = follow(Settings.none())) {
            Settings.Before before = live.current().before(AnySettings.WECHAT_API_V2_KEY).orElseThrow();
            assertThat(before.until()).isEqualTo(AT.plus(Duration.ofDays(2)));
            assertThat(before.settings().text(AnySettings.WECHAT_API_V2_KEY)).contains("old");
            assertThat(live.current().before(AnySettings.ALIPAY_PUBLIC_KEY)).isEmpty();

            SettingsChanged change = set(Map.of(AnySettings.WECHAT_API_V2_KEY_PREVIOUS, json("''")));

            assertThat(live.awaitRead(change, Duration.ofSeconds(10))).isEqualTo(LiveSettings.Read.TAKEN);
            assertThat(live.current().before(AnySettings.WECHAT_API_V2_KEY)).as("an operator may end it at once").isEmpty();
        }
    }

    @Test
    void whoeverOnlyVerifiesIsNotToldWhatSigns() {
        set(Map.of(AnySettings.ALIPAY_PRIVATE_KEY, json("'signs'"), AnySettings.ALIPAY_PUBLIC_KEY, json("'verifies'")));

        try (LiveSettings live = LiveSettings.follow(KafkaCluster.singleNode(kafka.getBrokersAsString()),
                bootstrap("{'AlipayPrivateKey':'of the file'}"),
                Keyring.ofVerifyingKey(Keyring.verifyingKey("a".repeat(64))))) {
            assertThat(live.isReady()).isTrue();
            assertThat(live.current().text(AnySettings.ALIPAY_PUBLIC_KEY)).contains("verifies");
            assertThat(live.current().text(AnySettings.ALIPAY_PRIVATE_KEY)).isEmpty();
        }
    }

    @Test
    void withAnotherMasterKeyNothingIsReadyAndNoOldKeyIsBelieved() {
        try (LiveSettings live = LiveSettings.follow(KafkaCluster.singleNode(kafka.getBrokersAsString()), Settings.none(),
                Keyring.ofMasterKey("b".repeat(64)))) {
            set(Map.of(AnySettings.WECHAT_API_V2_KEY, json("'k1'")));

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !live.isReady());
        }
        for (Keyring keyring : List.of(Keyring.ofMasterKey(""), Keyring.ofMasterKey("b".repeat(64)))) {
            try (LiveSettings live = LiveSettings.follow(KafkaCluster.singleNode(kafka.getBrokersAsString()),
                    bootstrap("{'WechatApiV2Key':'of the file'}"),
                    keyring)) {
                assertThat(live.isReady()).isFalse();
                assertThat(live.current().text(AnySettings.WECHAT_API_V2_KEY)).as("it was replaced").isEmpty();
            }
        }
        Keyring other = Keyring.ofMasterKey("b".repeat(64));
        try (LiveSettings live = LiveSettings.follow(KafkaCluster.singleNode(kafka.getBrokersAsString()), Settings.none(), other)) {
            new SettingsChange(live, other, log).append(OPERATOR, AT,
                    Map.of(AnySettings.WECHAT_API_V2_KEY, new StoredSetting(json("'k2'"), OPERATOR, AT)), List.of());

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(live::isReady);
            assertThat(live.current().text(AnySettings.WECHAT_API_V2_KEY)).as("an operator set it again").contains("k2");
        }
    }

    @Test
    void catchesUpWithWhatAnotherInstanceHasSet() {
        try (LiveSettings live = follow(Settings.none())) {
            for (int i = 1; i <= 20; i++) {
                set(Map.of(AnySettings.WECHAT_MIN_TOP_UP, json(Integer.toString(i))));

                assertThat(live.catchUp(Duration.ofSeconds(10))).isTrue();

                assertThat(live.current().whole(AnySettings.WECHAT_MIN_TOP_UP)).isEqualTo(i);
            }
        }
    }

    /// A newer version knows more settings, and a value that a stricter version would refuse. Both outlast a change by this version.
    @Test
    void whatCannotBeUsedIsLeftOutAndIsStillThereAfterTheNextChange() {
        set(Map.of(SalesSettings.PRICE, json("8.8")));
        sign(KEYRING, 2, List.of(new SettingValue("Price", Secrecy.OPEN, "\"cheap\"", OPERATOR, AT, ""),
                new SettingValue("PriceOfTomorrow", Secrecy.OPEN, "1", OPERATOR, AT, ""),
                new SettingValue("WechatApiV2Key", Secrecy.OPEN, "\"not sealed\"", OPERATOR, AT, "")));

        try (LiveSettings live = follow(Settings.none())) {
            assertThat(live.isReady()).isTrue();
            assertThat(live.current().decimal(SalesSettings.PRICE)).isEqualTo("8.8");
            assertThat(live.current().text(AnySettings.WECHAT_API_V2_KEY)).isEmpty();
            SettingsChanged next = set(Map.of(AnySettings.WECHAT_MIN_TOP_UP, json("4")));

            assertThat(next.values()).extracting(SettingValue::setting, SettingValue::value).contains(tuple("Price", "\"cheap\""),
                    tuple("PriceOfTomorrow", "1"));
        }
    }

    /// As after an upgrade to a version that is stricter.
    @Test
    void whatWasSetAndIsNoValueAnyMoreIsNotReplacedByTheFilesPrices() {
        sign(KEYRING, 1, List.of(new SettingValue("Price", Secrecy.OPEN, "\"cheap\"", OPERATOR, AT, "")));

        try (LiveSettings live = follow(Settings.none())) {
            assertThat(live.isReady()).isFalse();
            assertThat(live.current().flag(AnySettings.WECHAT_ENABLED)).as("nothing is offered").isFalse();

            assertThat(live.awaitRead(set(Map.of(SalesSettings.PRICE, json("8.8"))), Duration.ofSeconds(10)))
                    .isEqualTo(LiveSettings.Read.TAKEN);
            assertThat(live.isReady()).isTrue();
            assertThat(live.current().flag(AnySettings.WECHAT_ENABLED)).isTrue();
            assertThat(live.current().decimal(SalesSettings.PRICE)).isEqualTo("8.8");
        }
    }

    @Test
    void whatIsMadeOfThemIsMadeAnewWhenTheyChangeAndOnlyThen() {
        AtomicInteger made = new AtomicInteger();
        try (LiveSettings live = follow(Settings.none())) {
            var price = live.derive(settings -> {
                made.incrementAndGet();
                if (settings.decimal(SalesSettings.PRICE).signum() > 0 && settings.decimal(SalesSettings.PRICE).scale() > 2) {
                    throw new BadSettingException("too fine");
                }
                return settings.decimal(SalesSettings.PRICE);
            });
            assertThat(price.get()).isEqualTo("7.3");
            assertThat(price.get()).isSameAs(price.get());
            assertThat(made).hasValue(1);

            assertThat(live.awaitRead(set(Map.of(SalesSettings.PRICE, json("9.9"))), Duration.ofSeconds(10)))
                    .isEqualTo(LiveSettings.Read.TAKEN);
            assertThat(price.get()).isEqualTo("9.9");

            assertThat(live.awaitRead(set(Map.of(SalesSettings.PRICE, json("9.999"))), Duration.ofSeconds(10)))
                    .isEqualTo(LiveSettings.Read.TAKEN);
            assertThat(price.get()).as("what cannot be used is not used").isEqualTo("9.9");
        }
    }

    /// It had a fault that no PUT would take today, and somebody has to be able to set it again.
    @Test
    void whatIsSetAndUnusableAtTheStartIsNeitherThereNorReplacedByTheFilesPrices() {
        Function<Settings, String> maker = settings -> settings.flag(AnySettings.WECHAT_ENABLED) + " "
                + settings.decimal(SalesSettings.PRICE) + " "
                + settings.text(SalesSettings.TOP_UP_SUBJECT).orElseThrow();
        set(Map.of(SalesSettings.TOP_UP_SUBJECT, json("''"), SalesSettings.PRICE, json("8.8")));
        try (LiveSettings live = follow(Settings.none())) {
            var made = live.derive(maker);
            assertThat(made.get()).as("nothing is offered").isEqualTo("false 7.3 AI服务充值");
            assertThat(live.isReady()).isFalse();

            assertThat(live.awaitRead(set(Map.of(SalesSettings.TOP_UP_SUBJECT, json("'quota'"))), Duration.ofSeconds(10)))
                    .isEqualTo(LiveSettings.Read.TAKEN);
            assertThat(live.isReady()).isTrue();
            assertThat(made.get()).isEqualTo("true 8.8 quota");

            assertThat(live.awaitRead(set(Map.of(SalesSettings.TOP_UP_SUBJECT, json("' '"))), Duration.ofSeconds(10)))
                    .isEqualTo(LiveSettings.Read.TAKEN);
            assertThat(made.get()).as("the last one stays").isEqualTo("true 8.8 quota");
            assertThat(live.isReady()).isTrue();
        }
    }

    @Test
    void areNotThereWhenNobodyCanSayAnyMoreWhatIsSet() {
        try (LiveSettings live = follow(Settings.none())) {
            assertThat(live.isReady()).isTrue();

            kafka.destroy();

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !live.isReady());
        }
    }

    private LiveSettings follow(Settings bootstrap) {
        return LiveSettings.follow(KafkaCluster.singleNode(kafka.getBrokersAsString()), bootstrap, KEYRING);
    }

    private SettingsChanged set(Map<Setting, Optional<JsonNode>> values) {
        Map<Setting, StoredSetting> stored = new HashMap<>();
        values.forEach((setting, value) -> stored.put(setting, new StoredSetting(value, OPERATOR, AT)));
        try (LiveSettings live = follow(Settings.none())) {
            return new SettingsChange(live, KEYRING, log).append(OPERATOR, AT, stored, values.keySet().stream()
                    .map(setting -> new SettingEdit(setting.label(), "", "", EditReason.NOT_A_KEY)).toList());
        }
    }

    /// A change as a program writes it that has the key and not our checks.
    private void sign(Keyring keyring, long number, List<SettingValue> values) {
        log.append(new SettingsChanged(UlidCreator.getMonotonicUlid().toString(), number, OPERATOR, AT, List.of(), values), keyring::sign);
    }

    private static Settings bootstrap(String json) {
        return Settings.of(JsonMapper.shared().readTree(json.replace('\'', '"')));
    }

    private static Optional<JsonNode> json(String value) {
        return Optional.of(JsonMapper.shared().readTree(value.replace('\'', '"')));
    }
}
