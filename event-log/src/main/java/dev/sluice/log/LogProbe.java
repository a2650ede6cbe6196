package dev.sluice.log;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.log.cluster.KafkaCluster;

/// Checks every second whether the log is available: each topic that an app writes has a partition that takes records, that is, with a
/// leader and as many in-sync replicas as the topic requires for an append. Partitions that do not are counted: an alert is due then, but
/// an app that turned away everything would make one partition's fault that of all.
public final class LogProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogProbe.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    private final Admin admin;
    private final List<ConfigResource> topics;
    private final Thread asking;
    private volatile boolean there;
    private volatile int withoutQuorum;

    private LogProbe(Admin admin, Topic... topics) {
        this.admin = admin;
        this.topics = Arrays.stream(topics).map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName())).toList();
        this.asking = Thread.ofVirtual().name("log-probe").unstarted(this::ask);
    }

    /// Starts the checks.
    ///
    /// @param topics those that must accept records
    public static LogProbe connect(KafkaCluster cluster, Topic... topics) {
        LogProbe probe = new LogProbe(cluster.admin(ANSWER_WITHIN), topics);
        probe.asking.start();
        return probe;
    }

    /// Whether the log was available at the last check. False before the first one.
    public boolean isReady() {
        return there;
    }

    /// How many partitions of the topics took no records at the last check that the log answered.
    public int withoutQuorum() {
        return withoutQuorum;
    }

    private void ask() {
        try {
            // The first success is not a change worth a log line.
            there = answers();
            while (!Thread.currentThread().isInterrupted()) {
                boolean now = answers();
                if (now != there) {
                    LOG.atInfo().addKeyValue("writable", now).log("log availability changed");
                }
                there = now;
                Thread.sleep(BETWEEN_QUESTIONS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            var configs = admin.describeConfigs(topics).all().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            var described = admin.describeTopics(topics.stream().map(ConfigResource::name).toList()).allTopicNames()
                    .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            boolean all = true;
            int refusing = 0;
            for (ConfigResource topic : topics) {
                TopicDescription description = Objects.requireNonNull(described.get(topic.name()));
                int withQuorum = withQuorum(description, Objects.requireNonNull(configs.get(topic)));
                all &= withQuorum > 0;
                refusing += description.partitions().size() - withQuorum;
            }
            withoutQuorum = refusing;
            return all;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return false;
        }
    }

    static int withQuorum(TopicDescription topic, Config config) {
        int minimum = Integer.parseInt(config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value());
        return (int) topic.partitions().stream().filter(partition -> partition.leader() != null && !partition.leader().isEmpty()
                && partition.isr().size() >= minimum).count();
    }

    @Override
    public void close() {
        asking.interrupt();
        admin.close(Duration.ZERO);
    }
}
