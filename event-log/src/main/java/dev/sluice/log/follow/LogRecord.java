package dev.sluice.log.follow;

import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.sluice.event.TopUpEvent;
import dev.sluice.log.DecodedRecord;

/// A record of the log, where it stands, and its content.
///
/// @param raw     the record as the log has it
/// @param content its content
public record LogRecord(ConsumerRecord<String, byte[]> raw, DecodedRecord.Decoded content) {
    /// The key: of most records the trade number.
    public String key() {
        return raw.key();
    }

    /// The partition of its topic.
    public int partition() {
        return raw.partition();
    }

    /// The place in its partition.
    public long offset() {
        return raw.offset();
    }

    /// Topic and partition.
    public TopicPartition topicPartition() {
        return new TopicPartition(raw.topic(), raw.partition());
    }

    /// The fact, of a record of `sluice.events`.
    public Optional<TopUpEvent> event() {
        return content instanceof DecodedRecord.Fact fact ? Optional.of(fact.event()) : Optional.empty();
    }
}
