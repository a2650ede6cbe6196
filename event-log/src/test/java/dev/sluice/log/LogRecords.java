package dev.sluice.log;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.books.BooksFact;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.log.follow.LogRecord;

/// Records as a follower hands them to a view, without a broker: each gets the next offset of its partition.
public final class LogRecords {
    private static final URI SOURCE = URI.create("/sluice/test");
    private static final int PARTITIONS = 3;

    private final Map<TopicPartition, Long> ends = new HashMap<>();

    public LogRecord of(TopUpEvent event, Instant at) {
        return appended(EventCodec.encode(event, SOURCE, at));
    }

    public LogRecord of(BooksFact fact, Instant at) {
        return appended(EventCodec.encode(fact, SOURCE, at));
    }

    public LogRecord of(Notification notification) {
        return appended(EventCodec.encode(notification, SOURCE));
    }

    public LogRecord of(ProviderAnswer answer) {
        return appended(EventCodec.encode(answer, SOURCE));
    }

    public LogRecord of(OrderWatched watched, Instant at) {
        return appended(EventCodec.encode(watched, SOURCE, at));
    }

    private LogRecord appended(ProducerRecord<String, byte[]> record) {
        var partition = new TopicPartition(record.topic(), Math.floorMod(record.key().hashCode(), PARTITIONS));
        long offset = ends.merge(partition, 1L, Long::sum) - 1;
        var raw = new ConsumerRecord<>(partition.topic(), partition.partition(), offset, record.timestamp(), TimestampType.CREATE_TIME, 0,
                0,
                record.key(), record.value(), record.headers(), Optional.empty());
        return new LogRecord(raw, (DecodedRecord.Decoded) EventCodec.read(raw));
    }
}
