package dev.sluice.log.copy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

import dev.sluice.log.DeadLetter;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.copy.CopyReport.TopicReport;
import dev.sluice.log.history.LogHistory;
import dev.sluice.log.history.Span;

/// Copies the topics that hold the truth to another cluster: keys, values, times and headers as they are, each key in its order. A copy that
/// was interrupted is continued by the next one, and one of a log that grew is completed.
///
/// The copies have one header more, which names their place in the source. Transactions would do without it, and leave records of their own
/// in the topics, that no view expects.
public final class LogCopy implements AutoCloseable {
    /// Dead letters last: they name places of the other topics.
    private static final List<Topic> TOPICS = List.of(Topic.SETTINGS, Topic.EVENTS, Topic.BOOKS, Topic.NOTIFICATIONS, Topic.DEAD_LETTERS);

    private final LogHistory<byte[]> source;
    private final LogHistory<byte[]> target;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String cluster;
    private final LongConsumer progress;

    private LogCopy(KafkaCluster from, KafkaCluster to, String cluster, LongConsumer progress) {
        this.cluster = cluster;
        this.progress = progress;
        source = LogHistory.openBytes(from);
        target = LogHistory.openBytes(to);
        Map<String, Object> own = Map.of(ProducerConfig.CLIENT_ID_CONFIG, "sluice-copy", ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                // What follows a request that fails must not be written without it.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1, ProducerConfig.BATCH_SIZE_CONFIG, Limits.BATCH_BYTES,
                ProducerConfig.LINGER_MS_CONFIG, (int) Limits.LINGER.toMillis());
        producer = to.connect(own, all -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /// Makes the missing topics of the target.
    ///
    /// @param progress takes the number of records that were copied, from time to time
    /// @throws CopyRefusedException when source and target are one cluster
    public static LogCopy between(KafkaCluster from, KafkaCluster to, LongConsumer progress) {
        Topic.ensureAll(to);
        String cluster = id(from);
        if (cluster.equals(id(to))) {
            throw new CopyRefusedException("source and target are the same cluster");
        }
        return new LogCopy(from, to, cluster, progress);
    }

    private static String id(KafkaCluster cluster) {
        try (Admin admin = cluster.admin(Limits.ANSWER_WITHIN)) {
            return admin.describeCluster().clusterId().get();
        } catch (ExecutionException e) {
            throw new KafkaException("no answer of " + cluster.bootstrapServers(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    /// Copies what is missing, up to where the source ends now, and compares both.
    ///
    /// @throws CopyRefusedException when the target has what is not of this copy
    /// @throws KafkaException       when the target does not take a record: the next run continues there
    public CopyReport run() {
        Map<String, TopicReport> reports = new LinkedHashMap<>();
        Map<String, String> places = new HashMap<>();
        Set<String> origins = origins();
        for (Topic topic : TOPICS) {
            Map<TopicPartition, Span> spans = source.spans(source.partitions(Set.of(topic)));
            Target before = Target.read(target, cluster, topic, spans, Set.of());
            OrderHashes of = new OrderHashes();
            long copied = copy(topic, spans, before, of, places);
            Target after = Target.read(target, cluster, topic, spans, origins);
            places.putAll(after.places());
            reports.put(topic.topicName(), new TopicReport(copied, of.toString(), after.hashes().toString(), of.matches(after.hashes())));
        }
        return new CopyReport(reports);
    }

    /// The places that dead letters name.
    private Set<String> origins() {
        Set<String> origins = new HashSet<>();
        source.read(source.spans(source.partitions(Set.of(Topic.DEAD_LETTERS))), Limits.RECORDS_AT_A_TIME, records -> records
                .forEach(record -> {
                    Header origin = record.headers().lastHeader(DeadLetter.ORIGIN);
                    if (origin != null && origin.value() != null) {
                        origins.add(new String(origin.value(), StandardCharsets.UTF_8));
                    }
                }));
        return origins;
    }

    private long copy(Topic topic, Map<TopicPartition, Span> spans, Target there, OrderHashes hashes, Map<String, String> places) {
        int partitions = target.partitions(Set.of(topic)).size();
        List<Long> copied = new ArrayList<>();
        source.read(spans, Limits.RECORDS_AT_A_TIME, records -> {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (var record : records) {
                CopiedFrom from = CopiedFrom.of(cluster, record);
                hashes.add(from, record);
                int partition = partition(record, partitions);
                if (!there.has(from, partition)) {
                    sent.add(producer.send(new ProducerRecord<>(topic.topicName(), partition, record.timestamp(), record.key(),
                            record.value(), headers(from, record, places))));
                }
            }
            sent.forEach(LogCopy::await);
            copied.add((long) sent.size());
            progress.accept(sent.size());
        });
        return copied.stream().mapToLong(Long::longValue).sum();
    }

    /// As Kafka's producers choose it, and so [dev.sluice.log.EventLog].
    private static int partition(ConsumerRecord<byte[], byte[]> record, int partitions) {
        return record.key() == null ? record.partition() % partitions : Utils.toPositive(Utils.murmur2(record.key())) % partitions;
    }

    private static RecordHeaders headers(CopiedFrom from, ConsumerRecord<byte[], byte[]> record, Map<String, String> places) {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : record.headers()) {
            String place = header.key().equals(DeadLetter.ORIGIN) && header.value() != null
                    ? places.get(new String(header.value(), StandardCharsets.UTF_8))
                    : null;
            headers.add(header.key(), place == null ? header.value() : place.getBytes(StandardCharsets.UTF_8));
        }
        return from.addTo(headers);
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("not copied: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while copying", e);
        }
    }

    @Override
    public void close() {
        producer.close(Limits.CLOSE_WITHIN);
        source.close();
        target.close();
    }
}
