package dev.sluice.log.letter;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.ConsumerFactory;

import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;

/// Reads `sluice.events.dlt`, as far as it is written when the reading begins.
public final class DeadLetterTopic {
    private static final Map<String, Object> OWN = Map.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false", ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Clock clock;

    private DeadLetterTopic(Supplier<Consumer<String, byte[]>> consumers, Clock clock) {
        this.consumers = consumers;
        this.clock = clock;
    }

    public DeadLetterTopic(ConsumerFactory<String, byte[]> consumers, Clock clock) {
        this(() -> {
            Properties own = new Properties();
            own.putAll(OWN);
            return consumers.createConsumer(null, "sluice-dead-letters", null, own);
        }, clock);
    }

    /// The one of a cluster, for a process beside the apps.
    public static DeadLetterTopic of(KafkaCluster cluster, Clock clock) {
        return new DeadLetterTopic(
                () -> cluster.connect(OWN, all -> new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer())), clock);
    }

    /// A part of a partition; empty when it ends where it begins, or before.
    ///
    /// @param from the first offset
    /// @param to   the offset after the last
    public record Range(long from, long to) {}

    /// Reads a part of each partition.
    ///
    /// @param wanted the part to read, of what a partition has
    /// @param each   takes the records, in the order of their partition
    /// @throws KafkaException when the log does not answer, or when not all of it was read in time. What was read by then, `each` has
    public void read(BiFunction<TopicPartition, Range, Range> wanted, java.util.function.Consumer<ConsumerRecord<String, byte[]>> each) {
        Consumer<String, byte[]> consumer = consumers.get();
        try {
            read(consumer, ranges(consumer, wanted), each);
        } finally {
            consumer.close(CloseOptions.timeout(Limits.CLOSE_WITHIN));
        }
    }

    private static Map<TopicPartition, Range> ranges(Consumer<String, byte[]> consumer, BiFunction<TopicPartition, Range, Range> wanted) {
        Set<TopicPartition> partitions = consumer.partitionsFor(Topic.DEAD_LETTERS.topicName(), Limits.OFFSETS_WITHIN).stream()
                .map(found -> new TopicPartition(found.topic(), found.partition())).collect(Collectors.toSet());
        // The client warns of each partition whose end it is asked for without having it.
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, Limits.OFFSETS_WITHIN);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Limits.OFFSETS_WITHIN);
        Map<TopicPartition, Range> ranges = new HashMap<>();
        partitions.forEach(id -> ranges.put(id, wanted.apply(id, new Range(begins.getOrDefault(id, 0L), ends.getOrDefault(id, 0L)))));
        ranges.values().removeIf(range -> range.from() >= range.to());
        return ranges;
    }

    private void read(Consumer<String, byte[]> consumer, Map<TopicPartition, Range> ranges,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> each) {
        consumer.assign(ranges.keySet());
        ranges.forEach((id, range) -> consumer.seek(id, range.from()));
        Instant deadline = clock.instant().plus(Limits.DEAD_LETTERS_WITHIN);
        while (ranges.entrySet().stream().anyMatch(range -> consumer.position(range.getKey()) < range.getValue().to())) {
            if (clock.instant().isAfter(deadline)) {
                throw new TimeoutException("the dead letters were not read within " + Limits.DEAD_LETTERS_WITHIN);
            }
            consumer.poll(Limits.POLL_WITHIN).forEach(record -> {
                Range range = ranges.get(new TopicPartition(record.topic(), record.partition()));
                if (range != null && record.offset() < range.to()) {
                    each.accept(record);
                }
            });
        }
    }
}
