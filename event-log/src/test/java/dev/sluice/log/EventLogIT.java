package dev.sluice.log;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.event.CloseReason;
import dev.sluice.event.HoldReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderWatched;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.testing.Providers;
import dev.sluice.testing.WrittenLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventLogIT {
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);

    @BeforeAll
    static void start() {
        KAFKA.afterPropertiesSet();
        Topic.ensureAll(KafkaCluster.singleNode(KAFKA.getBrokersAsString()));
    }

    @AfterAll
    static void stop() {
        KAFKA.destroy();
    }

    @Test
    void whatIsAppendedIsThereWhenAppendReturns() {
        var event = anyEvent("T-APPENDED");
        try (EventLog log = EventLog.connect(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), "test", Clock.systemUTC())) {
            log.append(event);
        }

        assertThat(read(Topic.EVENTS).stream().map(EventCodec::read)).anySatisfy(reading -> {
            assertThat(reading).isInstanceOfSatisfying(DecodedRecord.Fact.class, fact -> assertThat(fact.event()).isEqualTo(event));
        });
    }

    @Test
    void factsAboutOneOrderKeepTheirOrder() {
        try (EventLog log = EventLog.connect(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), "test", Clock.systemUTC())) {
            List<PaymentHeld> facts = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                facts.add(new PaymentHeld(new TradeNumber("T-ORDER"), Providers.ALIPAY, new TransactionId("X" + i), Money.ofFen(i),
                        HoldReason.UNKNOWN_ORDER));
            }

            log.append(facts);

            assertThat(
                    read(Topic.EVENTS)
                            .stream()
                            .filter(record -> record.key().equals("T-ORDER"))
                            .map(record -> ((PaymentHeld) ((DecodedRecord.Fact) EventCodec.read(record)).event()).money().minorUnits()))
                    .isSorted()
                    .hasSize(500);
        }
    }

    @Test
    void keepsANoticeByteByByte() {
        byte[] body = {0, 1, (byte) 0xff, '<', '&'};
        var notice = Notification.whole("N1", Providers.WECHAT, Instant.parse("2026-11-22T08:00:00Z"), "/api/wechat/notify", "127.0.0.1",
                Map.of("content-type", List.of("text/xml")), body, "", NotificationVerdict.NOT_A_PAYMENT, "a refund");
        try (EventLog log = EventLog.connect(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), "test", Clock.systemUTC())) {
            log.append(notice);
        }

        assertThat(read(Topic.NOTIFICATIONS))
                .anySatisfy(record -> assertThat(WrittenLog.notification(record)).get().usingRecursiveComparison().isEqualTo(notice));
    }

    @Test
    void theProbeLooksAtEachTopicThatItIsToldOf() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()));
                LogProbe both = LogProbe.connect(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), Topic.EVENTS, Topic.NOTIFICATIONS);
                LogProbe events = LogProbe.connect(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), Topic.EVENTS)) {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> both.isReady() && events.isReady());

            replicas(admin, "2");
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !both.isReady());
            assertThat(events.isReady()).isTrue();

            replicas(admin, "1");
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(both::isReady);
        }
    }

    private static void replicas(Admin admin, String atLeast) throws Exception {
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, Topic.NOTIFICATIONS.topicName()),
                List.of(new AlterConfigOp(new ConfigEntry("min.insync.replicas", atLeast), AlterConfigOp.OpType.SET)))).all().get();
    }

    @Test
    void keepsAProvidersAnswerBesideTheNoticesAndTellsThemApart() {
        var answer = new ProviderAnswer("A1", Providers.ALIPAY, new TradeNumber("T-ASKED"), ProviderAnswer.Question.QUERY,
                Instant.parse("2026-11-22T08:00:00Z"), Instant.parse("2026-11-22T08:00:01Z"), new byte[]{'{', '}'},
                ProviderAnswer.Meaning.UNKNOWN, "not signed");
        try (EventLog log = EventLog.connect(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), "test", Clock.systemUTC())) {
            log.append(answer);
        }

        assertThat(read(Topic.NOTIFICATIONS)).filteredOn(record -> record.key().equals("T-ASKED")).singleElement().satisfies(record -> {
            assertThat(WrittenLog.answer(record)).get().usingRecursiveComparison().isEqualTo(answer);
            assertThat(WrittenLog.notification(record)).isEmpty();
        });
    }

    @Test
    void tellsWhoIsLookingAtAnOrder() {
        var page = new OrderWatched(new TradeNumber("T-WATCHED"), Instant.parse("2026-11-22T08:00:30Z"));
        try (EventLog log = EventLog.connect(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), "test", Clock.systemUTC())) {
            log.append(page);
        }

        assertThat(read(Topic.WATCH)).anySatisfy(record -> assertThat(WrittenLog.watched(record)).contains(page));
    }

    @Test
    void aDeadLetterIsTheRecordAsItWas() {
        var broken = new ConsumerRecord<>("sluice.events", 3, 7, "T-BROKEN", "not json".getBytes(StandardCharsets.UTF_8));
        try (EventLog log = EventLog.connect(KafkaCluster.singleNode(KAFKA.getBrokersAsString()), "test", Clock.systemUTC())) {
            log.deadLetter(broken, "not JSON");
        }

        assertThat(read(Topic.DEAD_LETTERS)).anySatisfy(letter -> {
            assertThat(letter.key()).isEqualTo("T-BROKEN");
            assertThat(letter.value()).isEqualTo(broken.value());
            assertThat(letter.headers().lastHeader("sluice_origin").value()).asString().isEqualTo("sluice.events/3/7");
            assertThat(letter.headers().lastHeader("sluice_why").value()).asString().isEqualTo("not JSON");
        });
    }

    @Test
    void saysWithinItsBoundThatNothingWasAppended() {
        try (EventLog log = EventLog.connect(KafkaCluster.singleNode("127.0.0.1:1"), "test", Clock.systemUTC())) {
            long started = System.nanoTime();

            assertThatThrownBy(() -> log.append(Collections.nCopies(100, anyEvent("T-LOST")))).isInstanceOf(NotAppendedException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(EventLog.APPEND_WITHIN.plusSeconds(1));
        }
    }

    private static TopUpEvent anyEvent(String tradeNumber) {
        return new OrderClosed(new TradeNumber(tradeNumber), CloseReason.PROVIDER_REFUSED, LatePayment.CREDIT);
    }

    private static List<ConsumerRecord<String, byte[]>> read(Topic topic) {
        return new WrittenLog(KAFKA.getBrokersAsString()).records(topic);
    }
}
