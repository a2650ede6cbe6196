package dev.sluice.order.redrive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.log.DeadLetter;
import dev.sluice.log.Topic;
import dev.sluice.order.redrive.LetterPage.Cursor;

/// Reads `sluice.events.dlt`. Nothing of it is kept here: it is read rarely, by an operator.
@Component
class LetterTopic {
    private final ConsumerFactory<String, byte[]> consumers;

    LetterTopic(ConsumerFactory<String, byte[]> consumers) {
        this.consumers = consumers;
    }

    /// One page of dead letters.
    ///
    /// @throws DataAccessResourceFailureException when the log does not answer in time
    LetterPage page(Cursor before) {
        return read(consumer -> {
            Set<TopicPartition> partitions = partitions(consumer);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, Limits.DEAD_LETTERS_READ_WITHIN);
            Map<TopicPartition, Long> ends = new HashMap<>();
            consumer.endOffsets(partitions, Limits.DEAD_LETTERS_READ_WITHIN)
                    .forEach((id, end) -> ends.put(id, before.end(id.partition(), end)));
            Map<TopicPartition, Long> from = new HashMap<>();
            ends.forEach((id, end) -> from.put(id, Math.max(begins.getOrDefault(id, 0L), end - Limits.DEAD_LETTERS_SHOWN)));
            List<ConsumerRecord<String, byte[]>> found = between(consumer, from, ends);
            found.sort(Comparator.<ConsumerRecord<String, byte[]>>comparingLong(ConsumerRecord::timestamp)
                    .thenComparingLong(ConsumerRecord::offset).reversed());
            return page(found, begins, ends);
        });
    }

    /// The records of a partition are shown in the order of their offsets, whatever their times are.
    private static LetterPage page(List<ConsumerRecord<String, byte[]>> found, Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends) {
        List<ConsumerRecord<String, byte[]>> shown = found.subList(0, Math.min(found.size(), Limits.DEAD_LETTERS_SHOWN));
        Map<Integer, Long> rest = new HashMap<>();
        ends.forEach((id, end) -> rest.put(id.partition(), end));
        shown.forEach(record -> rest.merge(record.partition(), record.offset(), Math::min));
        boolean more = begins.entrySet().stream().anyMatch(begin -> rest.getOrDefault(begin.getKey().partition(), 0L) > begin.getValue());
        return new LetterPage(shown.stream().flatMap(record -> DeadLetter.of(record).stream()).toList(),
                more ? Optional.of(new Cursor(rest)) : Optional.empty());
    }

    /// One dead letter; empty when that place has none.
    ///
    /// @throws DataAccessResourceFailureException when the log does not answer in time
    Optional<DeadLetter> find(LetterPlace place) {
        return read(consumer -> {
            var id = new TopicPartition(Topic.DEAD_LETTERS.topicName(), place.partition());
            if (!partitions(consumer).contains(id)) {
                return Optional.empty();
            }
            long begin = consumer.beginningOffsets(Set.of(id), Limits.DEAD_LETTERS_READ_WITHIN).getOrDefault(id, 0L);
            long end = consumer.endOffsets(Set.of(id), Limits.DEAD_LETTERS_READ_WITHIN).getOrDefault(id, 0L);
            if (place.offset() < begin || place.offset() >= end) {
                return Optional.empty();
            }
            return between(consumer, Map.of(id, place.offset()), Map.of(id, place.offset() + 1)).stream()
                    .filter(record -> record.offset() == place.offset()).findFirst().flatMap(DeadLetter::of);
        });
    }

    private static Set<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        return consumer.partitionsFor(Topic.DEAD_LETTERS.topicName(), Limits.DEAD_LETTERS_READ_WITHIN).stream()
                .map(found -> new TopicPartition(found.topic(), found.partition())).collect(Collectors.toSet());
    }

    private static List<ConsumerRecord<String, byte[]>> between(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to) {
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        long deadline = System.nanoTime() + Limits.DEAD_LETTERS_READ_WITHIN.toNanos();
        while (to.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new DataAccessResourceFailureException("dead letters not read within " + Limits.DEAD_LETTERS_READ_WITHIN);
            }
            consumer.poll(Limits.POLL_WITHIN).forEach(record -> {
                if (record.offset() < to.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    found.add(record);
                }
            });
        }
        return found;
    }

    private <T> T read(Function<Consumer<String, byte[]>, T> reading) {
        Properties own = new Properties();
        own.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        own.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        own.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Consumer<String, byte[]> consumer = consumers.createConsumer(null, "sluice-redrive", null, own);
        try {
            return reading.apply(consumer);
        } catch (KafkaException e) {
            throw new DataAccessResourceFailureException("dead letters not read: " + e.getMessage(), e);
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
