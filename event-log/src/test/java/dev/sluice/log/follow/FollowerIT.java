package dev.sluice.log.follow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderWatched;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.EventLog;
import dev.sluice.log.Topic;
import dev.sluice.testing.WrittenLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A follower with a simple view, on a real Kafka and a real PostgreSQL.
class FollowerIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static EmbeddedPostgres postgres;
    private static JdbcClient jdbc;
    private static TransactionTemplate transaction;

    private final EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
    private MeterRegistry meters;
    private EventLog log;
    private RowsView view;
    private Followers followers;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        transaction = new TransactionTemplate(new JdbcTransactionManager(postgres.getPostgresDatabase()));
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void start() {
        kafka.afterPropertiesSet();
        Topic.ensureAll(kafka.getBrokersAsString());
        log = EventLog.connect(kafka.getBrokersAsString(), "test", Clock.systemUTC());
        jdbc.sql("drop schema if exists rows cascade").update();
        jdbc.sql(RowsView.TABLES).update();
        view = new RowsView(jdbc, Topic.EVENTS);
        followers = followers(view);
        followers.start();
    }

    @AfterEach
    void stop() {
        followers.stop();
        log.close();
        kafka.destroy();
    }

    private Followers followers(RowsView view) {
        return followers(view, Map.of());
    }

    private Followers followers(RowsView view, Map<String, Object> more) {
        meters = new SimpleMeterRegistry();
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", kafka.getBrokersAsString());
        var consumers = new DefaultKafkaConsumerFactory<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        return new FollowAutoConfiguration().followers(List.of(view), consumers, jdbc,
                new JdbcTransactionManager(postgres.getPostgresDatabase()), log, meters, Clock.systemUTC());
    }

    @Test
    void movesThePositionWithTheRowsAndCatchesUp() {
        append("A", "B", "C");

        await().atMost(SOON).until(() -> keys().equals(List.of("A", "B", "C")));

        assertThat(positions()).isEqualTo(ends());
        await().atMost(SOON).until(() -> view.caughtUp.size() == Topic.EVENTS.partitions());
        await().atMost(SOON).until(() -> meters.get("sluice.view.lag").gauge().value() == 0);
    }

    /// A standby without the last rows was promoted, or a backup was restored; also of partitions that bring nothing new.
    @Test
    void aDatabaseThatWentBackInTimeIsMadeGood() {
        append("A", "B");
        await().atMost(SOON).until(() -> keys().equals(List.of("A", "B")));
        jdbc.sql("create table rows.saved_record as table rows.record").update();
        jdbc.sql("create table rows.saved_position as table rows.position").update();
        append("A", "C", "D");
        await().atMost(SOON).until(() -> keys().equals(List.of("A", "A", "B", "C", "D")));

        transaction.executeWithoutResult(_ -> {
            jdbc.sql("truncate rows.record, rows.position").update();
            jdbc.sql("insert into rows.record table rows.saved_record").update();
            jdbc.sql("insert into rows.position table rows.saved_position").update();
        });
        append("C");

        await().atMost(SOON).until(() -> keys().equals(List.of("A", "A", "B", "C", "C", "D")));
        assertThat(positions()).isEqualTo(ends());
    }

    @Test
    void aPositionBeyondTheEndOfTheLogPausesThePartitionUntilItIsWithin() {
        append("A");
        await().atMost(SOON).until(() -> keys().equals(List.of("A")));
        followers.stop();
        int partition = partitionOf("A");
        jdbc.sql("update rows.position set next_offset = 100 where partition = ?").param(partition).update();

        followers.start();
        append("A", "B");

        await().atMost(SOON).until(() -> paused("ahead_of_log") == 1);
        await().atMost(SOON).until(() -> keys().equals(List.of("A", "B")));
        jdbc.sql("update rows.position set next_offset = 1 where partition = ?").param(partition).update();
        await().atMost(SOON).until(() -> keys().equals(List.of("A", "A", "B")));
        assertThat(paused("ahead_of_log")).isZero();
    }

    @Test
    void factsThatTheLogLostPauseThePartition() {
        append("A", "A", "A");
        await().atMost(SOON).until(() -> keys().size() == 3);
        followers.stop();
        deleteBefore(Topic.EVENTS, partitionOf("A"), 2);
        jdbc.sql("truncate rows.position, rows.record").update();

        followers.start();

        await().atMost(SOON).until(() -> paused("log_lost_facts") == 1);
        assertThat(keys()).isEmpty();
    }

    /// The consumer is far behind, and asks for what the log does not have any more.
    @Test
    void aLogThatLosesRecordsWhileItIsFollowedPausesThePartition() {
        followers.stop();
        for (int i = 0; i < 8; i++) {
            append("A");
        }
        int partition = partitionOf("A");
        view.afterwards = _ -> {
            view.afterwards = _ -> {};
            deleteBefore(Topic.EVENTS, partition, 6);
        };
        followers = followers(view, Map.of("max.partition.fetch.bytes", 1, "fetch.max.bytes", 1));

        followers.start();

        await().atMost(SOON).until(() -> paused("log_lost_facts") == 1);
        assertThat(keys()).hasSizeLessThan(6);
    }

    /// What a topic keeps for a while only is not missed when its time is over.
    @Test
    void aTopicThatForgetsIsFollowedFromWhereItBegins() {
        for (int i = 0; i < 3; i++) {
            log.append(new OrderWatched(new TradeNumber("W"), Instant.parse("2026-11-22T08:00:00Z")));
        }
        int partition = new WrittenLog(kafka.getBrokersAsString()).records(Topic.WATCH).getFirst().partition();
        deleteBefore(Topic.WATCH, partition, 2);
        followers.stop();
        followers = followers(new RowsView(jdbc, Topic.WATCH));

        followers.start();

        await().atMost(SOON).until(() -> keys().equals(List.of("W")));
        assertThat(jdbc.sql("select next_offset from rows.position where topic = 'sluice.watch' and partition = ?").param(partition)
                .query(Long.class).single()).isEqualTo(3);
    }

    private void deleteBefore(Topic topic, int partition, long offset) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.getBrokersAsString()))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic.topicName(), partition), RecordsToDelete.beforeOffset(offset))).all()
                    .toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void whatNoVersionCanReadIsSetAsideOnceHoweverOftenTheDatabaseFails() throws Exception {
        jdbc.sql("alter table rows.position rename to away").update();
        send("A", "rubbish", Map.of());
        append("A");
        Thread.sleep(3500);
        assertThat(letters()).isEmpty();

        jdbc.sql("alter table rows.away rename to position").update();

        await().atMost(SOON).until(() -> keys().equals(List.of("A")));
        assertThat(letters()).singleElement().satisfies(letter -> assertThat(letter.value()).asString().isEqualTo("rubbish"));
        assertThat(meters.get("sluice.dead.letters").counter().count()).isEqualTo(1);
    }

    @Test
    void aNewerWritersRecordPausesItsPartitionAndIsNotSetAside() throws Exception {
        append("A");
        send("A", "{}", Map.of("ce_specversion", "1.0", "ce_type", "dev.sluice.Surprise.v1", "ce_id", "1", "ce_source", "/sluice/newer"));
        append("A", "B");

        await().atMost(SOON).until(() -> paused("newer_writer") == 1);
        await().atMost(SOON).until(() -> keys().equals(List.of("A", "B")));

        assertThat(letters()).isEmpty();
        assertThat(positions().get(partitionOf("A"))).as("the position stands before it").isEqualTo(1);
    }

    @Test
    void aPoisonRecordStandsAloneAndComesBackByItsDeadLetter() {
        List<String> keys = new ArrayList<>(IntStream.range(0, 60).mapToObj(i -> "K%02d".formatted(i)).toList());
        followers.stop();
        append(keys.toArray(String[]::new));
        append("poison");
        append("poison-not", "Z");
        jdbc.sql("alter table rows.record drop constraint record_key_check, add check (key <> 'poison')").update();

        followers.start();

        keys.addAll(List.of("Z", "poison-not"));
        await().atMost(SOON).until(() -> keys().equals(keys));
        assertThat(letters()).singleElement().satisfies(letter -> assertThat(letter.key()).isEqualTo("poison"));
        assertThat(positions()).isEqualTo(ends());

        jdbc.sql("alter table rows.record drop constraint record_key_check").update();
        log.reappend(letters().getFirst());
        keys.add("poison");
        await().atMost(SOON).until(() -> keys().equals(keys.stream().sorted().toList()));
    }

    /// Nothing shows yet whether the record or the database is to blame, so it waits; the next of its kind shows it.
    @Test
    void aRefusedRecordWaitsUntilAnotherOfItsKindGoesThrough() {
        append("poison");
        await().atMost(SOON).until(() -> paused("record_refused") == 1);
        assertThat(letters()).isEmpty();

        append("A");

        await().atMost(SOON).until(() -> letters().size() == 1);
        await().atMost(SOON).until(() -> paused("record_refused") == 0);
        assertThat(positions()).isEqualTo(ends());
    }

    /// A newer instance's migration is ahead of this code: it takes nothing, and nothing is the records' fault.
    @Test
    void aDatabaseThatRefusesAllPausesAndSetsNothingAside() {
        jdbc.sql("alter table rows.record add column later integer not null").update();
        List<String> keys = IntStream.range(0, 40).mapToObj(i -> "K%02d".formatted(i)).toList();
        append(keys.toArray(String[]::new));
        await().atMost(SOON).until(() -> paused("many_refused") + paused("record_refused") > 0);

        jdbc.sql("alter table rows.record drop column later").update();

        await().atMost(SOON).until(() -> keys().equals(keys));
        assertThat(letters()).isEmpty();
        await().atMost(SOON).until(() -> paused("many_refused") + paused("record_refused") == 0);
    }

    /// What this instance read is booked by another one meanwhile; and the other way round.
    @Test
    void aZombieAndTheNewOwnerDoNoHarm() {
        var positions = new Positions(jdbc, view);
        var zombie = new Booking(view, positions, new Refusals(Clock.systemUTC()), log,
                new JdbcTransactionManager(postgres.getPostgresDatabase()));
        append("A");
        await().atMost(SOON).until(() -> keys().equals(List.of("A")));
        TopicPartition partition = new TopicPartition("sluice.events", partitionOf("A"));
        var old = new WrittenLog(kafka.getBrokersAsString()).records(Topic.EVENTS);
        append("A", "A");
        await().atMost(SOON).until(() -> keys().equals(List.of("A", "A", "A")));

        var late = zombie.book(Batch.of(old), _ -> 0);
        assertThat(late.wentBack()).isEmpty();
        assertThat(positions.find(List.of(partition))).as("it moves nothing back").containsEntry(partition, 3L);

        var all = new WrittenLog(kafka.getBrokersAsString()).records(Topic.EVENTS);
        append("A");
        await().atMost(SOON).until(() -> keys().size() == 4);
        zombie.book(Batch.of(all), _ -> 0);
        assertThat(positions.find(List.of(partition))).containsEntry(partition, 4L);
        assertThat(zombie.book(Batch.of(all), _ -> 5).wentBack()).as("ahead of the position").containsExactly(partition);
        assertThat(keys()).hasSize(4);
    }

    @Test
    void afterAFailureTheRecordsComeAgainInSmallerNumbers() {
        followers.stop();
        append(IntStream.range(0, 100).mapToObj(i -> "K%02d".formatted(i)).toArray(String[]::new));
        view.sizes.clear();
        view.afterwards = records -> {
            if (records.size() > 30) {
                throw new IllegalStateException("too many for a slow disk");
            }
        };

        followers.start();

        await().atMost(SOON).until(() -> positions().equals(ends()) && view.sizes.getLast() <= 30
                && view.sizes.stream().filter(size -> size <= 30).mapToInt(Integer::intValue).sum() >= 100);
        assertThat(view.sizes).anyMatch(size -> size > 30);
        assertThat(keys()).hasSize(100);
    }

    private void append(String... keys) {
        log.append(IntStream.range(0, keys.length)
                .mapToObj(i -> new OrderClosed(new TradeNumber(keys[i]), CloseReason.EXPIRED, LatePayment.CREDIT)).toList());
    }

    private void send(String key, String value, Map<String, String> headers) throws Exception {
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", (Object) kafka.getBrokersAsString()), new StringSerializer(),
                new ByteArraySerializer())) {
            var record = new ProducerRecord<>("sluice.events", key, value.getBytes(StandardCharsets.UTF_8));
            headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get();
        }
    }

    private int partitionOf(String key) {
        return new WrittenLog(kafka.getBrokersAsString()).records(Topic.EVENTS).stream().filter(record -> record.key().equals(key))
                .findFirst().orElseThrow().partition();
    }

    private List<ConsumerRecord<String, byte[]>> letters() {
        return new WrittenLog(kafka.getBrokersAsString()).records(Topic.DEAD_LETTERS);
    }

    private double paused(String reason) {
        return meters.get("sluice.view.paused").tag("reason", reason).gauge().value();
    }

    private List<String> keys() {
        return jdbc.sql("select key from rows.record order by key collate \"C\"").query(String.class).list();
    }

    private Map<Integer, Long> positions() {
        Map<Integer, Long> found = new HashMap<>();
        jdbc.sql("select partition, next_offset from rows.position").query(row -> {
            found.put(row.getInt("partition"), row.getLong("next_offset"));
        });
        return found;
    }

    private Map<Integer, Long> ends() {
        return new WrittenLog(kafka.getBrokersAsString()).ends(Topic.EVENTS);
    }
}
