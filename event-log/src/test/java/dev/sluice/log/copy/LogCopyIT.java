package dev.sluice.log.copy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.event.HoldReason;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Money;
import dev.sluice.log.DeadLetter;
import dev.sluice.log.EventLog;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.verify.LogVerification;
import dev.sluice.log.verify.Verdict;
import dev.sluice.log.verify.Violation.Promise;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.Facts;
import dev.sluice.testing.WrittenLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// A log of three partitions grows into a cluster of twelve, on two real brokers.
@BesideOthers
class LogCopyIT {
    private static final int ORDERS = 3_000;
    private static EmbeddedKafkaBroker few;
    private static EmbeddedKafkaBroker many;
    private static KafkaCluster source;
    private static KafkaCluster target;

    @BeforeAll
    static void start() throws Exception {
        few = broker();
        many = broker();
        source = KafkaCluster.singleNode(few.getBrokersAsString());
        target = KafkaCluster.of(many.getBrokersAsString(), "", "1", "12");
        Topic.ensureAll(source);
        try (EventLog log = EventLog.connect(source, "test", Clock.systemUTC())) {
            for (int begin = 0; begin < ORDERS; begin += 100) {
                List<TopUpEvent> facts = new ArrayList<>();
                for (int i = begin; i < begin + 100; i++) {
                    facts.addAll(List.of(Facts.order("T-" + i, i, 100, 10), Facts.payment("T-" + i, "P-" + i, 100),
                            Facts.credited("T-" + i, "P-" + i, i, 10)));
                }
                log.append(facts);
            }
        }
        poison("T-7");
    }

    private static EmbeddedKafkaBroker broker() {
        EmbeddedKafkaBroker broker = new EmbeddedKafkaKraftBroker(1, 1).brokerProperty("auto.create.topics.enable", "false");
        broker.afterPropertiesSet();
        return broker;
    }

    /// A record that no version reads, as the ledger sets it aside.
    private static void poison(String key) throws Exception {
        send(few, "sluice.events", key);
        var record = records(few, Topic.EVENTS).stream().filter(each -> new String(each.value(), StandardCharsets.UTF_8).equals("rubbish"))
                .findFirst().orElseThrow();
        try (EventLog log = EventLog.connect(source, "test", Clock.systemUTC())) {
            log.deadLetter(record, "ledger: not the JSON of its type");
        }
    }

    private static void send(EmbeddedKafkaBroker broker, String topic, String key) throws Exception {
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", (Object) broker.getBrokersAsString()), new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, "rubbish".getBytes(StandardCharsets.UTF_8))).get();
        }
    }

    @AfterAll
    static void stop() {
        few.destroy();
        many.destroy();
    }

    /// In one test, as each step begins where the one before has ended.
    @Test
    void aCopyThatWasInterruptedIsContinuedAndCompletedAndIsTheSameLog() throws Exception {
        AtomicLong written = new AtomicLong();
        try (LogCopy copy = LogCopy.between(source, target, some -> {
            if (written.addAndGet(some) > ORDERS) {
                throw new IllegalStateException("killed");
            }
        })) {
            assertThatThrownBy(copy::run).hasMessage("killed");
        }

        CopyReport continued = copy();

        long all = records(few, Topic.EVENTS).size();
        assertThat(continued.isVerified()).as(continued.toString()).isTrue();
        assertThat(continued.topics().get("sluice.events").copied()).isBetween(1L, all - written.get());
        assertThat(byKey(many)).as("per key: values, times and headers in their order").isEqualTo(byKey(few));
        assertThat(records(many, Topic.EVENTS).stream().map(ConsumerRecord::partition).distinct().count()).isEqualTo(12);

        try (EventLog log = EventLog.connect(source, "test", Clock.systemUTC())) {
            log.append(Facts.payment("T-new", "P-new", 5));
            log.append(Facts.held("T-new", "P-new", Money.ofFen(5), HoldReason.UNKNOWN_ORDER));
        }
        assertThat(copy().topics().get("sluice.events").copied()).isEqualTo(2);
        theLetterNamesThePlaceInTheTarget();
        bothKeepThePromises();

        send(many, "sluice.events", "T-7");
        assertThatThrownBy(LogCopyIT::copy).isInstanceOf(CopyRefusedException.class).hasMessageContaining("not of this copy");
    }

    private static void theLetterNamesThePlaceInTheTarget() {
        DeadLetter letter = records(many, Topic.DEAD_LETTERS).stream().flatMap(record -> DeadLetter.of(record).stream()).findFirst()
                .orElseThrow();
        assertThat(records(many, Topic.EVENTS)).filteredOn(record -> record.partition() == letter.partition()
                && record.offset() == letter.offset()).singleElement()
                .satisfies(record -> assertThat(record.value()).isEqualTo(letter.raw().value()));
    }

    private static void bothKeepThePromises() {
        Verdict before = verify(source);
        assertThat(before.holds()).as(before.toString()).isTrue();
        assertThat(before.orders()).isEqualTo(ORDERS + 1);
        assertThat(before.setAside()).isEqualTo(1);
        assertThat(verify(target)).isEqualTo(before);
        try (EventLog log = EventLog.connect(source, "test", Clock.systemUTC())) {
            log.append(Facts.credited("T-1", "P-1", 1, 10));
        }
        assertThat(verify(source).first()).extracting(violation -> violation.promise()).contains(Promise.G1, Promise.G5);
    }

    private static Verdict verify(KafkaCluster cluster) {
        try (LogVerification verification = LogVerification.of(cluster, _ -> {})) {
            return verification.run();
        }
    }

    private static CopyReport copy() {
        try (LogCopy copy = LogCopy.between(source, target, _ -> {})) {
            return copy.run();
        }
    }

    private static List<ConsumerRecord<String, byte[]>> records(EmbeddedKafkaBroker broker, Topic topic) {
        return new WrittenLog(broker.getBrokersAsString()).records(topic);
    }

    private static Map<String, List<String>> byKey(EmbeddedKafkaBroker broker) {
        return records(broker, Topic.EVENTS).stream().collect(Collectors.groupingBy(ConsumerRecord::key, Collectors.mapping(
                record -> record.timestamp() + " " + Arrays.stream(CopiedFrom.without(record.headers()).toArray()).toList() + " "
                        + new String(record.value(), StandardCharsets.UTF_8),
                Collectors.toList())));
    }
}
