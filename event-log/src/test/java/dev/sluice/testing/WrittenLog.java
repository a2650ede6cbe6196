package dev.sluice.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.log.Topic;

/// What stands in the topics at the moment of asking, read from zero to the end without being a member of any group.
///
/// @param bootstrapServers Kafka's addresses
public record WrittenLog(String bootstrapServers) {
    public List<ConsumerRecord<String, byte[]>> records(Topic topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
            while (all.size() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    /// Where each partition ends.
    public Map<Integer, Long> ends(Topic topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            return consumer.endOffsets(partitions).entrySet().stream()
                    .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
        }
    }

    /// The facts about one order, in their order, each as often as it was told.
    public List<DecodedRecord.Fact> facts(String tradeNumber) {
        return records(Topic.EVENTS).stream().filter(record -> tradeNumber.equals(record.key())).map(EventCodec::read)
                .flatMap(reading -> reading instanceof DecodedRecord.Fact fact ? Stream.of(fact) : Stream.empty()).toList();
    }

    /// Those events about one order that are of the type.
    public <E extends TopUpEvent> List<E> events(String tradeNumber, Class<E> type) {
        return facts(tradeNumber).stream().map(DecodedRecord.Fact::event).filter(type::isInstance).map(type::cast).toList();
    }

    /// The notification that a record is; empty for other records.
    public static Optional<Notification> notification(ConsumerRecord<String, byte[]> record) {
        return EventCodec.read(record) instanceof DecodedRecord.OfNotification(_, var notification)
                ? Optional.of(notification)
                : Optional.empty();
    }

    /// The provider's answer that a record is; empty for other records.
    public static Optional<ProviderAnswer> answer(ConsumerRecord<String, byte[]> record) {
        return EventCodec.read(record) instanceof DecodedRecord.OfAnswer(_, var answer) ? Optional.of(answer) : Optional.empty();
    }

    /// The order with an open page that a record is about; empty for other records.
    public static Optional<OrderWatched> watched(ConsumerRecord<String, byte[]> record) {
        return EventCodec.read(record) instanceof DecodedRecord.Watched(var watched) ? Optional.of(watched) : Optional.empty();
    }
}
