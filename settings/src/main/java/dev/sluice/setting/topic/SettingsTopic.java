package dev.sluice.setting.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;

/// Reads `sluice.settings` from its beginning to its end, and follows it from then on in a thread of its own.
public final class SettingsTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsTopic.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topic.SETTINGS.topicName(), 0);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration READ_WITHIN = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    /// How often the end is requested while no caller waits for it.
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);
    /// What could not be read to its end for so long may have changed unseen.
    private static final Duration STALE_AFTER = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Consumer<String, byte[]> consumer;
    private final Reader reader;
    private final Thread following = Thread.ofVirtual().name("settings").unstarted(this::follow);
    private final LazyAdmin admin;
    private volatile boolean followed = true;
    private volatile long position;
    private volatile long readToTheEndAt;

    /// Takes what was read.
    @FunctionalInterface
    public interface Reader {
        void take(ConsumerRecords<String, byte[]> records) throws InterruptedException;
    }

    private SettingsTopic(Consumer<String, byte[]> consumer, Reader reader, LazyAdmin admin) {
        this.consumer = consumer;
        this.reader = reader;
        this.admin = admin;
    }

    /// A connection of its own for the question where the topic ends: on the consumer's it would wait behind a fetch that waits. Only an
    /// app in which settings are changed asks it.
    private static final class LazyAdmin implements AutoCloseable {
        private final KafkaCluster cluster;
        private @Nullable Admin admin;
        private boolean closed;

        LazyAdmin(KafkaCluster cluster) {
            this.cluster = cluster;
        }

        synchronized KafkaFuture<ListOffsetsResultInfo> end() {
            if (closed) {
                throw new IllegalStateException("the settings are not followed any more");
            }
            if (admin == null) {
                admin = cluster.admin(ANSWER_WITHIN);
            }
            return admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest())).partitionResult(PARTITION);
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    /// Reads it to its end. It is not followed yet.
    ///
    /// @throws IllegalStateException when it cannot be read within a minute
    public static SettingsTopic read(KafkaCluster cluster, Reader reader) {
        Map<String, Object> config = Map
                .of(
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "sluice-settings",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        // A question about the end waits behind a fetch that waits.
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        (int) POLL.toMillis(),
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) ANSWER_WITHIN.toMillis());
        var topic = new SettingsTopic(
                cluster.connect(config, all -> new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer())), reader,
                new LazyAdmin(cluster));
        try {
            topic.readToTheEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            topic.consumer.close();
            throw new IllegalStateException("interrupted while the settings are read", e);
        } catch (RuntimeException e) {
            topic.consumer.close();
            throw e;
        }
        return topic;
    }

    /// From now on new records are read in a thread of its own.
    public void startFollowing() {
        following.start();
    }

    private void readToTheEnd() throws InterruptedException {
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        long deadline = System.nanoTime() + READ_WITHIN.toNanos();
        long end = end();
        while (consumer.position(PARTITION) < end) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the settings in " + Topic.SETTINGS.topicName() + " cannot be read within " + READ_WITHIN);
            }
            poll();
        }
        readToTheEndAt = System.nanoTime();
    }

    private void poll() throws InterruptedException {
        reader.take(consumer.poll(POLL));
        position = consumer.position(PARTITION);
    }

    private long end() {
        return consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
    }

    private void follow() {
        try (consumer) {
            while (true) {
                followOnce();
            }
        } catch (WakeupException | InterruptedException e) {
            LOG.debug("no longer following the settings");
        } finally {
            followed = false;
        }
    }

    private void followOnce() throws InterruptedException {
        try {
            poll();
            if (System.nanoTime() - readToTheEndAt < BETWEEN_QUESTIONS.toNanos()) {
                return;
            }
            long end = end();
            while (position < end) {
                poll();
            }
            readToTheEndAt = System.nanoTime();
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            // Of Kafka's client, or of a reader that did not take what came before.
            LOG.atWarn().addKeyValue("why", e.toString()).log("settings cannot be followed, retrying");
            Thread.sleep(BETWEEN_TRIES);
        }
    }

    /// Whether it is followed, and was read to its end a moment ago.
    public boolean isFresh() {
        return followed && System.nanoTime() - readToTheEndAt < STALE_AFTER.toNanos();
    }

    /// Waits until everything that is set by now, in any instance, has been read here.
    ///
    /// @return whether it has
    public boolean catchUp(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        try {
            long end = admin.end().get(within.toNanos(), TimeUnit.NANOSECONDS).offset();
            while (position < end) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
            return true;
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        admin.close();
        try {
            following.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
