package dev.sluice.log;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topics. The number of partitions is set when a topic is created and never changed in place: an order and its payment are in
/// one partition because their key is hashed over the same number.
public enum Topic {
    /// All facts, for ever.
    EVENTS("sluice.events", 12, Optional.empty()),
    /// Notifications that confirm no payment, and providers' answers, as received.
    NOTIFICATIONS("sluice.notifications", 12, Optional.of(Duration.ofDays(90))),
    /// Excerpts of notifications that are unsigned or wrongly signed. Limited in bytes too: strangers write here.
    FORGERIES("sluice.forgeries", 1, Optional.of(Duration.ofDays(7))),
    /// Which orders have a page open right now.
    WATCH("sluice.watch", 12, Optional.of(Duration.ofMinutes(10))),
    /// Records of [#EVENTS] that cannot be read or booked. Each raises an alert.
    DEAD_LETTERS("sluice.events.dlt", 1, Optional.empty()),
    /// What operators have set: each change, for ever. Never compacted: compaction keeps the last record of a key, whoever wrote it.
    SETTINGS("sluice.settings", 1, Optional.empty());

    private static final long FOR_EVER = -1;
    private static final long FORGERIES_BYTES = 512L * 1024 * 1024;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String topicName;
    private final int partitions;
    private final Optional<Duration> retention;

    Topic(String topicName, int partitions, Optional<Duration> retention) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.retention = retention;
    }

    /// The name on the broker.
    public String topicName() {
        return topicName;
    }

    /// The number of partitions of a new topic.
    public int partitions() {
        return partitions;
    }

    /// How long a new topic keeps its records; empty for ever.
    public Optional<Duration> retention() {
        return retention;
    }

    /// Creates the missing topics, with the cluster's default replication, and waits for a broker that is still starting.
    ///
    /// @throws IllegalStateException when no broker answers within a minute, or the broker refuses
    public static void ensureAll(String bootstrapServers) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<String, Object> config = Map
                .of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) CALL_TIMEOUT.toMillis(),
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) CALL_TIMEOUT.toMillis());
        try (Admin admin = Admin.create(config)) {
            while (!tryEnsureAll(admin)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("no Kafka at " + bootstrapServers + " within " + PATIENCE + ": is SLUICE_KAFKA right?");
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        }
    }

    private static boolean tryEnsureAll(Admin admin) throws InterruptedException {
        try {
            var present = admin.listTopics().names().get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            List<NewTopic> missing = Arrays
                    .stream(values())
                    .filter(topic -> !present.contains(topic.topicName))
                    .map(Topic::asNew)
                    .toList();
            admin.createTopics(missing).all().get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            // Another app was faster: list the topics again, more may be missing.
            if (e.getCause() instanceof TopicExistsException || e.getCause() instanceof RetriableException) {
                return false;
            }
            throw new IllegalStateException("Kafka refuses to create the topics: " + e.getCause(), e);
        }
    }

    private NewTopic asNew() {
        Map<String, String> config = Map
                .of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE, TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.map(Duration::toMillis).orElse(FOR_EVER)),
                        TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(this == FORGERIES ? FORGERIES_BYTES : FOR_EVER));
        return new NewTopic(topicName, Optional.of(partitions), Optional.empty()).configs(config);
    }
}
