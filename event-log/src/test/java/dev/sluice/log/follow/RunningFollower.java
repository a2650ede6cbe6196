package dev.sluice.log.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.value.LatePayment;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.letter.DeadLetters;
import dev.sluice.log.position.Positions;
import dev.sluice.testing.WrittenLog;

/// A follower with a simple view. Kafka and PostgreSQL are shared; each test has topics and a schema of its own, and a clock that it moves.
final class RunningFollower implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);
    /// So many that short keys have partitions of their own.
    static final int PARTITIONS = 12;

    private final EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1).brokerProperty("auto.create.topics.enable", "false");
    private final EmbeddedPostgres postgres;
    /// One for all: a transaction spans what has the same data source.
    private final DataSource database;
    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
    private final ConsumerFaults faults = new ConsumerFaults();
    private MeterRegistry meters;
    private EventLog log;
    private RowsView view;
    private Followers followers;

    RunningFollower() {
        kafka.afterPropertiesSet();
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database = postgres.getPostgresDatabase();
    }

    void begin() {
        try (Admin admin = admin()) {
            admin.deleteTopics(Arrays.stream(Topic.values()).map(Topic::topicName).toList()).all().get();
        } catch (ExecutionException e) {
            // The first test finds none.
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Topic.ensureAll(cluster());
        log = EventLog.connect(cluster(), "test", Clock.systemUTC());
        jdbc().sql("drop schema if exists rows cascade").update();
        jdbc().sql(RowsView.TABLES).update();
        use(Topic.EVENTS, Map.of());
        start();
    }

    void end() {
        followers.stop();
        log.close();
    }

    /// A new view of the topic, with a follower that does not run yet.
    void use(Topic topic, Map<String, Object> consumer) {
        meters = new SimpleMeterRegistry();
        view = new RowsView(jdbc(), topic);
        followers = followers(view, consumer, meters);
    }

    private Followers followers(RowsView view, Map<String, Object> consumer, MeterRegistry meters) {
        InstantSource now = () -> Instant.now().plus(passed.get());
        return new FollowAutoConfiguration().followers(List.of(view), consumers(consumer), new ViewDatabase(jdbc(), transactions()), log,
                meters, now.withZone(ZoneOffset.UTC));
    }

    private ConsumerFactory<String, byte[]> consumers(Map<String, Object> consumer) {
        Map<String, Object> config = new HashMap<>(consumer);
        config.put("bootstrap.servers", kafka.getBrokersAsString());
        var consumers = new DefaultKafkaConsumerFactory<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        consumers.addPostProcessor(faults::around);
        return consumers;
    }

    /// What the followers' consumers get wrong.
    ConsumerFaults faults() {
        return faults;
    }

    /// A second instance of the app, with the same view.
    Followers anotherInstance() {
        return followers(new RowsView(jdbc(), Topic.EVENTS), Map.of(), new SimpleMeterRegistry());
    }

    void start() {
        followers.start();
    }

    /// As after a restart of the app.
    void restart() {
        followers.stop();
        use(Topic.EVENTS, Map.of());
        start();
    }

    void stop() {
        followers.stop();
    }

    /// What is paused is tried again now.
    void passTime() {
        passed.updateAndGet(before -> before.plus(Limits.PAUSED_FOR));
    }

    RowsView view() {
        return view;
    }

    JdbcClient jdbc() {
        return JdbcClient.create(database);
    }

    private JdbcTransactionManager transactions() {
        return new JdbcTransactionManager(database);
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(transactions());
    }

    EventLog log() {
        return log;
    }

    MeterRegistry meters() {
        return meters;
    }

    WrittenLog written() {
        return new WrittenLog(kafka.getBrokersAsString());
    }

    /// As another instance has it.
    Booking anotherBooking() {
        return new Booking(view, new Positions(jdbc(), view.name(), view.schema()), new Refusals(Clock.systemUTC()),
                anothersLetters(Map.of(), Clock.systemUTC()), transactions());
    }

    /// The dead letters as another instance knows them.
    DeadLetters anothersLetters(Map<String, Object> consumer, Clock clock) {
        return new DeadLetters(consumers(consumer), log, meters, clock);
    }

    /// On a busy machine Kafka may exceed the bound of an append: what is missing is appended again, when the keys can be told apart.
    void append(String... keys) {
        try {
            log.append(IntStream.range(0, keys.length)
                    .mapToObj(i -> new OrderClosed(new TradeNumber(keys[i]), CloseReason.EXPIRED, LatePayment.CREDIT)).toList());
        } catch (NotAppendedException e) {
            if (Arrays.stream(keys).distinct().count() < keys.length) {
                throw e;
            }
            Set<String> present = written().records(Topic.EVENTS).stream().map(ConsumerRecord::key).collect(Collectors.toSet());
            append(Arrays.stream(keys).filter(key -> !present.contains(key)).toArray(String[]::new));
        }
    }

    /// A record that the log's own methods would not write.
    void send(String key, String value, Map<String, String> headers) throws Exception {
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", (Object) kafka.getBrokersAsString()), new StringSerializer(),
                new ByteArraySerializer())) {
            var record = new ProducerRecord<>("sluice.events", key, value.getBytes(StandardCharsets.UTF_8));
            headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get();
        }
    }

    /// The topic is deleted, and created again without its records.
    void recreate(Topic topic) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(topic.topicName())).all().get();
        }
        Topic.ensureAll(cluster());
    }

    void deleteBefore(Topic topic, int partition, long offset) {
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic.topicName(), partition), RecordsToDelete.beforeOffset(offset))).all()
                    .toCompletionStage().toCompletableFuture().join();
        }
    }

    /// From now on the topic takes no record that is larger.
    void limitRecords(Topic topic, int bytes) {
        var change = new AlterConfigOp(new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()), List.of(change))).all()
                    .toCompletionStage().toCompletableFuture().join();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.getBrokersAsString()));
    }

    int partitionOf(String key) {
        return written().records(Topic.EVENTS).stream().filter(record -> record.key().equals(key)).findFirst().orElseThrow().partition();
    }

    List<ConsumerRecord<String, byte[]>> letters() {
        return written().records(Topic.DEAD_LETTERS);
    }

    double paused(String reason) {
        return meters.get("sluice.view.paused").tag("reason", reason).gauge().value();
    }

    /// The keys of all rows, in order.
    List<String> keys() {
        return jdbc().sql("select key from rows.record order by key collate \"C\"").query(String.class).list();
    }

    Map<Integer, Long> positions() {
        Map<Integer, Long> found = new HashMap<>();
        jdbc().sql("select partition, next_offset from rows.position").query(row -> {
            found.put(row.getInt("partition"), row.getLong("next_offset"));
        });
        return found;
    }

    Map<Integer, Long> ends() {
        return written().ends(Topic.EVENTS);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        kafka.destroy();
    }

    private KafkaCluster cluster() {
        return KafkaCluster.of(kafka.getBrokersAsString(), "", "1", Integer.toString(PARTITIONS));
    }
}
