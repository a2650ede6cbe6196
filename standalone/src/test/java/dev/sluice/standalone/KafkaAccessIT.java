package dev.sluice.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.sluice.log.DiskSpace;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.AccessTable;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.cluster.MisconfiguredException;
import dev.sluice.standalone.embedded.EmbeddedKafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/// The embedded Kafka: no client is taken without a login, and each login may do what its app does and nothing else.
class KafkaAccessIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> APPS = List.of("order-api", "notify-gateway", "recharge-worker", "reconciler");

    @TempDir
    private static Path folder;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /// It was believed: the next order's code would have come from there.
    @Test
    void aStrangerCannotSetWhereTheProviderIs() {
        KafkaCluster stranger = KafkaCluster.singleNode(kafka.bootstrapServers());

        assertThatThrownBy(() -> write(stranger, "sluice.settings", "WechatGatewayUrl")).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> {
            try (Admin admin = stranger.admin(Duration.ofSeconds(2))) {
                admin.listTopics().names().get();
            }
        }).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aWrongPasswordIsReportedInOneLine() throws Exception {
        Path guessed = Files.writeString(folder.resolve("guessed.properties"),
                Files.readString(kafka.properties("order-api")).replaceFirst("password=\"[0-9a-f]{48}\"", "password=\"guessed\""));
        KafkaCluster cluster = KafkaCluster.of(kafka.bootstrapServers(), guessed.toString(), "1", "");

        assertThatThrownBy(() -> write(cluster, "sluice.settings", "Price")).hasCauseInstanceOf(SaslAuthenticationException.class);
        assertThatThrownBy(() -> Topic.ensureAll(cluster)).isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("does not accept the login").hasMessageNotContaining("guessed");
    }

    @Test
    void onlyTheOwnerReadsThePasswordsAndTheyAreNotTheSameForTwo() throws Exception {
        Path logins = folder.resolve("kafka-logins");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(logins))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(logins)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(APPS.size() + 2).allSatisfy(
                    file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------"));
            assertThat(all.stream().map(KafkaAccessIT::password).distinct()).hasSameSizeAs(all);
        }
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).replaceAll("(?s).*password=\"(.*?)\".*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asked of the broker itself. Not read from the table: a mistake there must not agree with itself.
    @Test
    void eachAppMayDoWhatItNeedsAndNothingElse() throws Exception {
        Map<String, Map<Topic, String>> expected = Map.of(
                "order-api", Map.of(Topic.EVENTS, "RW", Topic.NOTIFICATIONS, "RW", Topic.FORGERIES, "R", Topic.WATCH, "W", Topic.SETTINGS,
                        "RW", Topic.DEAD_LETTERS, "RW"),
                "notify-gateway", Map.of(Topic.EVENTS, "W", Topic.NOTIFICATIONS, "W", Topic.FORGERIES, "W", Topic.SETTINGS, "R"),
                "recharge-worker", Map.of(Topic.EVENTS, "RW", Topic.DEAD_LETTERS, "RW"),
                "reconciler",
                Map.of(Topic.EVENTS, "RW", Topic.BOOKS, "RW", Topic.NOTIFICATIONS, "RW", Topic.WATCH, "R", Topic.SETTINGS, "R",
                        Topic.DEAD_LETTERS, "RW"));
        for (String app : APPS) {
            Map<Topic, String> mays = new HashMap<>();
            Set<AclOperation> others = new HashSet<>();
            topicOperations(app).forEach((topic, operations) -> {
                String may = (operations.contains(AclOperation.READ) ? "R" : "") + (operations.contains(AclOperation.WRITE) ? "W" : "");
                if (!may.isEmpty()) {
                    mays.put(topic, may);
                }
                others.addAll(operations);
            });
            assertThat(mays).as(app).isEqualTo(expected.get(app));
            others.removeAll(Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS));
            assertThat(others).as(app).isEqualTo(app.equals("order-api") ? Set.of(AclOperation.CREATE) : Set.of());
        }
    }

    private static Map<Topic, Set<AclOperation>> topicOperations(String app) throws Exception {
        try (Admin admin = kafka.cluster(app).admin(SOON)) {
            var described = admin.describeTopics(Arrays.stream(Topic.values()).map(Topic::topicName).toList(),
                    new DescribeTopicsOptions().includeAuthorizedOperations(true)).allTopicNames().get();
            return Arrays.stream(Topic.values())
                    .collect(
                            Collectors.toMap(topic -> topic, topic -> Set.copyOf(described.get(topic.topicName()).authorizedOperations())));
        }
    }

    @Test
    void eachAppHasTheConsumerGroupsOfItsViewsOnly() throws Exception {
        Map<String, List<String>> groups = Map.of("order-api", List.of("sluice-orders", "sluice-timeline"), "notify-gateway", List.of(),
                "recharge-worker", List.of("sluice-ledger"), "reconciler", List.of("sluice-reconciler"));
        List<String> all = groups.values().stream().flatMap(List::stream).sorted().toList();
        for (String app : APPS) {
            assertThat(all.stream().filter(group -> mayJoin(app, group)).toList()).as(app).isEqualTo(groups.get(app));
        }
    }

    private static boolean mayJoin(String app, String group) {
        Map<String, Object> own = Map.of("group.id", group, "default.api.timeout.ms", (int) SOON.toMillis());
        try (var consumer = kafka.cluster(app).connect(own,
                all -> new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer()))) {
            return consumer.committed(Set.of(new TopicPartition("sluice.events", 0))) != null;
        } catch (AuthorizationException e) {
            return false;
        }
    }

    @Test
    void theGatewayCannotChangeASettingOrReadAPayment() {
        KafkaCluster gateway = kafka.cluster("notify-gateway");

        assertThatThrownBy(() -> write(gateway, "sluice.settings", "WechatGatewayUrl")).hasCauseInstanceOf(AuthorizationException.class);
        try (var consumer = gateway.connect(Map.of(),
                all -> new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer()))) {
            consumer.assign(List.of(new TopicPartition("sluice.events", 0)));
            consumer.seekToBeginning(consumer.assignment());
            assertThatThrownBy(() -> consumer.poll(SOON)).isInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void noAppCanGiveItselfRightsOrDeleteTheLog() throws Exception {
        for (String app : APPS) {
            try (Admin admin = kafka.cluster(app).admin(SOON)) {
                assertThatThrownBy(() -> admin.deleteTopics(List.of("sluice.events")).all().get()).as(app)
                        .hasCauseInstanceOf(AuthorizationException.class);
                assertThatThrownBy(() -> admin.createTopics(List.of(new NewTopic("other", 1, (short) 1))).all().get()).as(app)
                        .hasCauseInstanceOf(AuthorizationException.class);
                assertThatThrownBy(() -> admin.createAcls(AccessTable.shipped().bindings()).all().get()).as(app)
                        .hasCauseInstanceOf(AuthorizationException.class);
            }
        }
    }

    /// It takes no new orders when the disk is almost full.
    @Test
    void onlyTheOrderApiMaySeeTheRoomOnTheDisk() throws Exception {
        try (DiskSpace space = DiskSpace.connect(kafka.cluster("order-api"), "", "1GB")) {
            await().atMost(SOON).until(() -> space.usableBytes() > 0);
            double usable = Files.getFileStore(folder).getUsableSpace();
            assertThat(space.usableBytes()).isBetween(usable / 2, usable * 2);
        }
        try (DiskSpace space = DiskSpace.connect(kafka.cluster("order-api"), "", "999999999GB")) {
            await().atMost(SOON).until(space::isShort);
        }
        for (String app : List.of("notify-gateway", "recharge-worker", "reconciler")) {
            try (Admin admin = kafka.cluster(app).admin(SOON)) {
                assertThatThrownBy(() -> admin.describeLogDirs(List.of(1)).allDescriptions().get()).as(app)
                        .hasCauseInstanceOf(AuthorizationException.class);
            }
        }
    }

    private static void write(KafkaCluster cluster, String topic, String key) throws Exception {
        Map<String, Object> own = Map.of("max.block.ms", 3000, "delivery.timeout.ms", 3000, "request.timeout.ms", 2000, "linger.ms", 0);
        try (var producer = cluster.connect(own, all -> new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer()))) {
            producer.send(new ProducerRecord<>(topic, key, new byte[]{'1'})).get();
        }
    }
}
