package dev.sluice.log.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;

/// Reads parts of the log. Records come in the order of their partitions, and between partitions in the order of their times: so nearly in
/// the order in which they were appended.
///
/// @param <K> the form of the keys
public final class LogHistory<K> implements AutoCloseable {
    private final KafkaConsumer<K, byte[]> consumer;

    private LogHistory(KafkaConsumer<K, byte[]> consumer) {
        this.consumer = consumer;
    }

    /// Connects to a cluster.
    public static LogHistory<String> open(KafkaCluster cluster) {
        return open(cluster, new StringDeserializer());
    }

    /// Connects to a cluster, for keys as they are.
    public static LogHistory<byte[]> openBytes(KafkaCluster cluster) {
        return open(cluster, new ByteArrayDeserializer());
    }

    private static <K> LogHistory<K> open(KafkaCluster cluster, Deserializer<K> keys) {
        Map<String, Object> own = Map.of(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-history",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Limits.RECORDS_PER_POLL,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Limits.BYTES_PER_PARTITION,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Limits.BYTES_PER_POLL);
        return new LogHistory<>(cluster.connect(own, all -> new KafkaConsumer<>(all, keys, new ByteArrayDeserializer())));
    }

    /// The partitions of topics; of a topic that does not exist, none.
    ///
    /// @throws KafkaException when the cluster does not answer
    public Set<TopicPartition> partitions(Collection<Topic> topics) {
        return topics.stream().flatMap(topic -> infos(topic).stream()).map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
    }

    private List<PartitionInfo> infos(Topic topic) {
        List<PartitionInfo> known = consumer.partitionsFor(topic.topicName(), Limits.OFFSETS_WITHIN);
        return known == null ? List.of() : known;
    }

    /// What the partitions have now.
    ///
    /// @throws KafkaException when the cluster does not answer
    public Map<TopicPartition, Span> spans(Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, Limits.OFFSETS_WITHIN);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Limits.OFFSETS_WITHIN);
        Map<TopicPartition, Span> spans = new HashMap<>();
        partitions.forEach(id -> spans.put(id, new Span(begins.getOrDefault(id, 0L), ends.getOrDefault(id, 0L))));
        return spans;
    }

    /// The first offset of each partition whose record is not older; a partition without such a record is left out.
    ///
    /// @throws KafkaException when the cluster does not answer
    public Map<TopicPartition, Long> offsetsAt(Instant time, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> found = new HashMap<>();
        Map<TopicPartition, Long> asked = partitions.stream().collect(Collectors.toMap(id -> id, _ -> time.toEpochMilli()));
        consumer.offsetsForTimes(asked, Limits.OFFSETS_WITHIN).forEach((id, offset) -> {
            if (offset != null) {
                found.put(id, offset.offset());
            }
        });
        return found;
    }

    /// Reads parts of partitions.
    ///
    /// @param atATime how many records are handed over together, at most
    /// @param each    takes them
    /// @throws KafkaException when the log does not answer, or does not have what is to be read
    public void read(Map<TopicPartition, Span> spans, int atATime, Consumer<List<ConsumerRecord<K, byte[]>>> each) {
        Map<TopicPartition, Span> wanted = new HashMap<>(spans);
        wanted.values().removeIf(Span::isEmpty);
        consumer.assign(wanted.keySet());
        wanted.forEach((id, span) -> consumer.seek(id, span.from()));
        TimeOrder<K> order = new TimeOrder<>(wanted.keySet());
        List<ConsumerRecord<K, byte[]>> ready = new ArrayList<>();
        long deadline = System.nanoTime() + Limits.RECORDS_WITHIN.toNanos();
        while (!order.isDone()) {
            var polled = poll(order, wanted);
            deadline = polled.isEmpty() ? deadline : System.nanoTime() + Limits.RECORDS_WITHIN.toNanos();
            if (System.nanoTime() > deadline) {
                throw new KafkaException("the log gave no record within " + Limits.RECORDS_WITHIN);
            }
            for (var next = order.next(); next != null; next = order.next()) {
                ready.add(next);
                if (ready.size() == atATime) {
                    each.accept(ready);
                    ready = new ArrayList<>();
                    deadline = System.nanoTime() + Limits.RECORDS_WITHIN.toNanos();
                }
            }
        }
        if (!ready.isEmpty()) {
            each.accept(ready);
        }
    }

    private ConsumerRecords<K, byte[]> poll(TimeOrder<K> order, Map<TopicPartition, Span> wanted) {
        Set<TopicPartition> ahead = order.ahead();
        consumer.pause(ahead);
        consumer.resume(consumer.assignment().stream().filter(id -> !ahead.contains(id)).toList());
        ConsumerRecords<K, byte[]> polled = consumer.poll(Limits.POLL_WITHIN);
        polled.forEach(record -> {
            TopicPartition id = new TopicPartition(record.topic(), record.partition());
            Span span = wanted.get(id);
            if (span != null && record.offset() < span.to()) {
                order.add(id, record);
            }
        });
        wanted.forEach((id, span) -> {
            if (consumer.position(id) >= span.to()) {
                order.end(id);
            }
        });
        return polled;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Limits.CLOSE_WITHIN));
    }
}
