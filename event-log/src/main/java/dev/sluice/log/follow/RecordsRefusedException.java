package dev.sluice.log.follow;

import java.io.Serial;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

/// The database refuses records, and it is not known to be their own fault. Nothing is booked.
///
/// Remedy: book what stands before them, and pause their partitions.
final class RecordsRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Map<TopicPartition, FollowedPartition.Halt> first;

    RecordsRefusedException(Map<TopicPartition, FollowedPartition.Halt> first) {
        super("records refused in " + first.keySet());
        this.first = first;
    }

    /// The first of them in each partition.
    Map<TopicPartition, FollowedPartition.Halt> first() {
        return first;
    }
}
