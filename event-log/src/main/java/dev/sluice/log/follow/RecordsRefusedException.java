package dev.sluice.log.follow;

import java.io.Serial;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

/// The database refuses records, and it is not known to be their own fault. Nothing is booked.
///
/// Remedy: book what stands before them, and pause their partitions.
final class RecordsRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Map<TopicPartition, FollowedPartition.Halt> first;
    private final transient List<LogRecord> records;

    /// @param refused records that were refused; those that are the first of their partition are kept
    RecordsRefusedException(Map<TopicPartition, FollowedPartition.Halt> first, Collection<LogRecord> refused) {
        super("records refused in " + first.keySet());
        this.first = first;
        records = refused.stream().filter(record -> {
            FollowedPartition.Halt halt = first.get(record.topicPartition());
            return halt != null && halt.offset() == record.offset();
        }).toList();
    }

    /// The first of them in each partition.
    Map<TopicPartition, FollowedPartition.Halt> first() {
        return first;
    }

    /// The same, as records.
    List<LogRecord> records() {
        return records;
    }
}
