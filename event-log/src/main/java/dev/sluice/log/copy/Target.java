package dev.sluice.log.copy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.sluice.log.Topic;
import dev.sluice.log.history.LogHistory;
import dev.sluice.log.history.Span;

/// What a topic of the target has of the source.
final class Target {
    private final String cluster;
    private final Topic topic;
    private final Map<TopicPartition, Span> source;
    private final Set<String> wanted;
    private final Map<Lane, Long> last = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final OrderHashes hashes = new OrderHashes();

    /// Records of one partition of the source in one partition of the target: they come one after the other.
    private record Lane(int from, int to) {}

    private Target(String cluster, Topic topic, Map<TopicPartition, Span> source, Set<String> wanted) {
        this.cluster = cluster;
        this.topic = topic;
        this.source = source;
        this.wanted = wanted;
    }

    /// Reads the topic.
    ///
    /// @param cluster the id of the source's cluster
    /// @param source  what of the source is compared
    /// @param wanted  places in the source of which the place in the target is needed
    /// @throws CopyRefusedException when it has what is not of this copy, or what was copied twice
    static Target read(LogHistory<byte[]> log, String cluster, Topic topic, Map<TopicPartition, Span> source, Set<String> wanted) {
        Target target = new Target(cluster, topic, source, new HashSet<>(wanted));
        log.read(log.spans(log.partitions(Set.of(topic))), Limits.RECORDS_AT_A_TIME, records -> records.forEach(target::add));
        return target;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        String place = record.topic() + "/" + record.partition() + "/" + record.offset();
        CopiedFrom from = CopiedFrom.read(record)
                .filter(copied -> copied.cluster().equals(cluster) && copied.topic().equals(record.topic()))
                .orElseThrow(() -> new CopyRefusedException("the target has " + place + ", which is not of this copy: copy to a cluster"
                        + " whose topics are empty, and start no app there before the copy is complete"));
        Long before = last.put(new Lane(from.partition(), record.partition()), from.offset());
        if (before != null && before >= from.offset()) {
            throw new CopyRefusedException("the target has " + place + " twice or out of order: it is the source's " + from.place()
                    + ". Delete the target's topics and copy again");
        }
        Span span = source.get(new TopicPartition(topic.topicName(), from.partition()));
        if (span != null && from.offset() >= span.from() && from.offset() < span.to()) {
            hashes.add(from, record);
        }
        if (wanted.contains(from.place())) {
            places.put(from.place(), place);
        }
    }

    /// Whether it has this record, which belongs into that partition.
    boolean has(CopiedFrom from, int partition) {
        Long copied = last.get(new Lane(from.partition(), partition));
        return copied != null && copied >= from.offset();
    }

    /// Places in the source, with those in the target.
    Map<String, String> places() {
        return places;
    }

    OrderHashes hashes() {
        return hashes;
    }
}
