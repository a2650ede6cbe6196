package dev.sluice.log;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.cluster.MisconfiguredException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/// What the promises rest on is set when a topic is made, and checked at every start.
class TopicIT {
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);
    private static Admin admin;

    @BeforeAll
    static void start() {
        KAFKA.afterPropertiesSet();
        admin = Admin.create(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()));
    }

    @AfterEach
    void clear() throws Exception {
        admin.deleteTopics(ours()).all().get();
        await().until(() -> ours().isEmpty());
    }

    private static List<String> ours() throws Exception {
        return admin.listTopics().names().get().stream().filter(name -> name.startsWith("sluice.")).toList();
    }

    @AfterAll
    static void stop() {
        admin.close();
        KAFKA.destroy();
    }

    @Test
    void makesTheTopicsOnceAndFindsThemAsTheyMustBe() throws Exception {
        Topic.ensureAll(singleNode());

        assertThatCode(() -> Topic.ensureAll(singleNode())).doesNotThrowAnyException();

        var topics = admin.describeTopics(Arrays.stream(Topic.values()).map(Topic::topicName).toList()).allTopicNames().get();
        assertThat(topics.get("sluice.events").partitions()).hasSize(3);
        assertThat(topics.get("sluice.settings").partitions()).hasSize(1);
        assertThat(topics.get("sluice.forgeries").partitions()).hasSize(1);
        assertThat(configs("sluice.events")).containsEntry("cleanup.policy", "delete").containsEntry("retention.ms", "-1")
                .containsEntry("retention.bytes", "-1").containsEntry("min.insync.replicas", "1")
                .containsEntry("unclean.leader.election.enable", "false").containsEntry("message.timestamp.type", "CreateTime")
                .containsEntry("max.message.bytes", "1048588").containsEntry("flush.messages", "1")
                .containsEntry("segment.bytes", Integer.toString(64 * 1024 * 1024));
        assertThat(configs("sluice.settings")).containsEntry("cleanup.policy", "delete").containsEntry("retention.ms", "-1")
                .containsEntry("flush.messages", "1");
        assertThat(configs("sluice.forgeries")).containsEntry("retention.bytes", Integer.toString(512 * 1024 * 1024))
                .doesNotContainEntry("flush.messages", "1");
    }

    /// Retention deletes whole segments that are closed: one of a week would keep them for a week.
    @Test
    void theOpenPagesAreKeptForMinutes() throws Exception {
        Topic.ensureAll(singleNode());

        assertThat(configs("sluice.watch")).containsEntry("retention.ms", "600000").containsEntry("segment.ms", "600000")
                .containsEntry("segment.bytes", Integer.toString(16 * 1024 * 1024)).doesNotContainEntry("flush.messages", "1");
    }

    @Test
    void aClusterHasTwelvePartitionsAndTwoReplicasForEachAppend() {
        KafkaCluster cluster = KafkaCluster.of("kafka:9092", "", "3", "");

        assertThat(Topic.EVENTS.partitions(cluster)).isEqualTo(12);
        assertThat(TopicRule.of(Topic.EVENTS, cluster))
                .anyMatch(rule -> rule.name().equals("min.insync.replicas") && rule.value().equals("2"))
                .noneMatch(rule -> rule.name().equals("flush.messages"));
    }

    @ParameterizedTest
    @CsvSource({
            "sluice.events, 3, retention.ms, 1000",
            "sluice.events, 3, cleanup.policy, compact",
            "sluice.events, 3, 'cleanup.policy', 'compact,delete'",
            "sluice.events, 3, retention.bytes, 1000000000",
            "sluice.events, 3, unclean.leader.election.enable, true",
            "sluice.events, 3, message.timestamp.type, LogAppendTime",
            "sluice.events, 3, max.message.bytes, 1000",
            "sluice.events, 3, flush.messages, 1000",
            "sluice.events.dlt, 3, retention.ms, 604800000",
            "sluice.notifications, 3, retention.ms, 604800000",
            "sluice.forgeries, 1, retention.bytes, -1",
            "sluice.settings, 1, cleanup.policy, compact"})
    void refusesATopicThatDoesNotKeepItsPromise(String topic, int partitions, String config, String value) throws Exception {
        make(topic, partitions, Map.of(config, value));

        assertThatThrownBy(() -> Topic.ensureAll(singleNode())).isInstanceOfSatisfying(MisconfiguredException.class, fault -> {
            assertThat(fault).hasMessageContainingAll(topic, config + " is " + value, "kafka-configs.sh --alter")
                    .hasMessageNotContaining("\n");
        });
    }

    @Test
    void keepingNotificationsLongerIsTheOperatorsChoice() throws Exception {
        make("sluice.notifications", 3, Map.of("retention.ms", "-1", "flush.messages", "1"));

        assertThatCode(() -> Topic.ensureAll(singleNode())).doesNotThrowAnyException();
    }

    /// The key of an order must lead to the same partition for ever.
    @Test
    void refusesAnotherNumberOfPartitions() throws Exception {
        make("sluice.events", 6, Map.of("retention.ms", "-1", "flush.messages", "1"));

        assertThatThrownBy(() -> Topic.ensureAll(singleNode())).isInstanceOf(MisconfiguredException.class)
                .hasMessageContainingAll("sluice.events", "has 6 partitions, not 3", "SLUICE_KAFKA_PARTITIONS");
    }

    @Test
    void takesAnotherNumberOfPartitionsThatTheEnvironmentNames() throws Exception {
        make("sluice.events", 6, Map.of("retention.ms", "-1", "flush.messages", "1"));

        assertThatCode(() -> Topic.ensureAll(KafkaCluster.of(KAFKA.getBrokersAsString(), "", "1", "6"))).doesNotThrowAnyException();
    }

    @Test
    void refusesASingleNodeThatIsNotOnPurpose() throws Exception {
        assertThatThrownBy(() -> Topic.ensureAll(KafkaCluster.of(KAFKA.getBrokersAsString(), "", "3", "")))
                .isInstanceOf(MisconfiguredException.class).hasMessageContainingAll("fewer than 3 brokers", "SLUICE_KAFKA_REPLICATION");

        for (Topic topic : Topic.values()) {
            make(topic.topicName(), topic == Topic.SETTINGS || topic == Topic.FORGERIES ? 1 : 12, Map.of("min.insync.replicas", "2"));
        }
        assertThatThrownBy(() -> Topic.ensureAll(KafkaCluster.of(KAFKA.getBrokersAsString(), "", "3", "")))
                .isInstanceOf(MisconfiguredException.class)
                .hasMessageContainingAll("sluice.events", "is kept on 1 brokers, not 3", "SLUICE_KAFKA_REPLICATION");
    }

    private static KafkaCluster singleNode() {
        return KafkaCluster.singleNode(KAFKA.getBrokersAsString());
    }

    private static void make(String name, int partitions, Map<String, String> configs) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs))).all().get();
    }

    private static Map<String, String> configs(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> configs = new HashMap<>();
        admin.describeConfigs(List.of(resource)).all().get().get(resource).entries()
                .forEach(entry -> configs.put(entry.name(), entry.value()));
        return configs;
    }
}
