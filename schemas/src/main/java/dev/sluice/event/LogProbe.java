package dev.sluice.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks Kafka again and again whether the log is there: every partition of it has somebody who takes records.
public final class LogProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogProbe.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    private final Admin admin;
    private final Thread asking;
    private volatile boolean there;

    private LogProbe(Admin admin) {
        this.admin = admin;
        this.asking = Thread.ofVirtual().name("log-probe").unstarted(this::ask);
    }

    /// Starts to ask.
    public static LogProbe connect(String bootstrapServers) {
        Map<String, Object> config = Map
                .of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) ANSWER_WITHIN.toMillis(),
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) ANSWER_WITHIN.toMillis());
        LogProbe probe = new LogProbe(Admin.create(config));
        probe.asking.start();
        return probe;
    }

    /// Whether the log was there a moment ago. At first it is not.
    public boolean isThere() {
        return there;
    }

    private void ask() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean now = answers();
                if (now != there) {
                    LOG.atInfo().addKeyValue("there", now).log("Kafka");
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
            return admin
                    .describeTopics(List.of(Topic.EVENTS.topicName()))
                    .allTopicNames()
                    .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .map(TopicPartitionInfo::leader)
                    .allMatch(leader -> leader != null && !leader.isEmpty());
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        asking.interrupt();
        admin.close(Duration.ZERO);
    }
}
