package dev.sluice.log.history;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Merges partitions by the times of their records. A record waits until each partition that has not ended has one to compare it with.
final class TimeOrder<K> {
    private final Map<TopicPartition, Waiting<K>> waiting = new HashMap<>();
    private final Set<TopicPartition> open;
    /// The open partitions that have no record at the moment.
    private int awaited;

    private static final class Waiting<K> {
        private final Deque<ConsumerRecord<K, byte[]>> records = new ArrayDeque<>();
        private long bytes;
    }

    TimeOrder(Collection<TopicPartition> partitions) {
        open = new HashSet<>(partitions);
        awaited = open.size();
        partitions.forEach(id -> waiting.put(id, new Waiting<>()));
    }

    void add(TopicPartition id, ConsumerRecord<K, byte[]> record) {
        Waiting<K> of = waiting.computeIfAbsent(id, _ -> new Waiting<>());
        if (of.records.isEmpty() && open.contains(id)) {
            awaited--;
        }
        of.records.add(record);
        of.bytes += size(record);
    }

    private static long size(ConsumerRecord<?, ?> record) {
        return Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
    }

    /// No more records come from the partition.
    void end(TopicPartition id) {
        if (open.remove(id) && waiting.computeIfAbsent(id, _ -> new Waiting<>()).records.isEmpty()) {
            awaited--;
        }
    }

    /// The partitions that need not be read further for now.
    Set<TopicPartition> ahead() {
        Set<TopicPartition> ahead = new HashSet<>();
        waiting.forEach((id, of) -> {
            if (!open.contains(id) || of.bytes > Limits.BYTES_AHEAD) {
                ahead.add(id);
            }
        });
        return ahead;
    }

    /// The oldest record, or null when it is not known yet which one that is, or none is left.
    @Nullable
    ConsumerRecord<K, byte[]> next() {
        if (awaited > 0) {
            return null;
        }
        Map.Entry<TopicPartition, Waiting<K>> oldest = null;
        long time = Long.MAX_VALUE;
        for (var each : waiting.entrySet()) {
            ConsumerRecord<K, byte[]> head = each.getValue().records.peek();
            if (head != null && (oldest == null || head.timestamp() < time)) {
                oldest = each;
                time = head.timestamp();
            }
        }
        if (oldest == null) {
            return null;
        }
        ConsumerRecord<K, byte[]> record = oldest.getValue().records.remove();
        oldest.getValue().bytes -= size(record);
        if (oldest.getValue().records.isEmpty() && open.contains(oldest.getKey())) {
            awaited++;
        }
        return record;
    }

    boolean isDone() {
        return open.isEmpty() && waiting.values().stream().allMatch(of -> of.records.isEmpty());
    }
}
