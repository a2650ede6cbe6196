package dev.sluice.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.cluster.MisconfiguredException;

/// Creates the missing topics as the promises need them, and checks those that exist.
final class TopicSetup {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KafkaCluster cluster;
    private final Admin admin;
    private String awaited;

    private TopicSetup(KafkaCluster cluster, Admin admin) {
        this.cluster = cluster;
        this.admin = admin;
        awaited = "no Kafka at " + cluster.bootstrapServers() + " within " + PATIENCE + ": is SLUICE_KAFKA right, and does "
                + (cluster.security().isEmpty() ? "it need SLUICE_KAFKA_PROPERTIES?" : "SLUICE_KAFKA_PROPERTIES have its protocol?");
    }

    static void run(KafkaCluster cluster) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Admin admin = cluster.admin(CALL_TIMEOUT)) {
            TopicSetup setup = new TopicSetup(cluster, admin);
            while (!setup.done()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(setup.awaited);
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        }
    }

    private boolean done() throws InterruptedException {
        try {
            Collection<String> present = answer(admin.listTopics().names());
            List<Topic> missing = Arrays.stream(Topic.values()).filter(topic -> !present.contains(topic.topicName())).toList();
            create(missing);
            check();
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                // Another app was faster, or the brokers do not all know the topics yet.
                case TopicExistsException _,RetriableException _ -> false;
                case AuthenticationException _ -> throw new MisconfiguredException("Kafka at " + cluster.bootstrapServers()
                        + " does not accept the login: correct SLUICE_KAFKA_PROPERTIES", e);
                case InvalidReplicationFactorException _ -> throw new MisconfiguredException("Kafka at " + cluster.bootstrapServers()
                        + " has fewer than " + cluster.replication() + " brokers: add brokers, or set SLUICE_KAFKA_REPLICATION"
                        + " (1 for a single node, whose disk then holds the only copy)", e);
                case AuthorizationException refused -> {
                    awaited = "this app's login may not create or describe the topics (" + refused.getMessage()
                            + "): start order-api first, which creates them, and see the table of rights in docs/operations.md";
                    yield false;
                }
                case null, default -> throw new MisconfiguredException("Kafka refuses the topics: " + e.getCause(), e);
            };
        }
    }

    private void create(List<Topic> missing) throws InterruptedException, ExecutionException, TimeoutException {
        if (!missing.isEmpty()) {
            answer(admin.createTopics(missing.stream().map(this::asNew).toList()).all());
        }
    }

    private NewTopic asNew(Topic topic) {
        Map<String, String> configs = new HashMap<>();
        TopicRule.of(topic, cluster).forEach(rule -> configs.put(rule.name(), rule.value()));
        return new NewTopic(topic.topicName(), Optional.of(topic.partitions(cluster)), Optional.of((short) cluster.replication()))
                .configs(configs);
    }

    private void check() throws InterruptedException, ExecutionException, TimeoutException {
        List<String> names = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
        Map<String, TopicDescription> described = answer(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs = answer(admin.describeConfigs(names.stream().map(TopicSetup::resource).toList()).all());
        for (Topic topic : Topic.values()) {
            check(topic, Objects.requireNonNull(described.get(topic.topicName())),
                    Objects.requireNonNull(configs.get(resource(topic.topicName()))));
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private void check(Topic topic, TopicDescription described, Config config) {
        int partitions = topic.partitions(cluster);
        if (described.partitions().size() != partitions) {
            throw fault(topic,
                    "has " + described.partitions().size() + " partitions, not " + partitions + ". The number is never changed in "
                            + "place: copy the log by its keys (`log copy`, docs/operations.md) into topics of " + partitions
                            + ", or, when the log had this number from its beginning, set SLUICE_KAFKA_PARTITIONS");
        }
        int replicas = described.partitions().stream().mapToInt(partition -> partition.replicas().size()).min().orElse(0);
        if (replicas < cluster.replication()) {
            throw fault(topic, "is kept on " + replicas + " brokers, not " + cluster.replication()
                    + ": reassign its partitions, or set SLUICE_KAFKA_REPLICATION (1 for a single node, whose disk then holds the only copy)");
        }
        List<TopicRule> broken = new ArrayList<>(TopicRule.of(topic, cluster));
        broken.removeIf(rule -> rule.fault(value(config, rule)).isEmpty());
        if (!broken.isEmpty()) {
            throw fault(topic, broken.stream().flatMap(rule -> rule.fault(value(config, rule)).stream()).collect(Collectors.joining(", "))
                    + ". If nothing was deleted yet: kafka-configs.sh --alter --entity-type topics --entity-name " + topic.topicName()
                    + " --add-config " + broken.stream().map(rule -> rule.name() + "=" + rule.value()).collect(Collectors.joining(",")));
        }
    }

    private static String value(Config config, TopicRule rule) {
        var entry = config.get(rule.name());
        return entry == null ? "not set" : String.valueOf(entry.value());
    }

    private static MisconfiguredException fault(Topic topic, String fault) {
        return new MisconfiguredException("Kafka's topic " + topic.topicName() + " " + fault);
    }

    private static <T> T answer(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
