package dev.sluice.reconcile.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.event.books.AuditHeadPublished;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.log.Topic;

/// The heads that were published, as the log has them, and not as the audit's own rows do: those may be what was changed.
@Component
class PublishedHeads {
    private static final TopicPartition BOOKS = new TopicPartition(Topic.BOOKS.topicName(), 0);

    private final ConsumerFactory<String, byte[]> consumers;

    PublishedHeads(ConsumerFactory<String, byte[]> consumers) {
        this.consumers = consumers;
    }

    /// Heads of one day.
    ///
    /// @param at when they were published
    record Published(Instant at, AuditHeadPublished heads) {}

    /// All of them, in the order of the log.
    ///
    /// @throws KafkaException when the log does not answer in time
    List<Published> read() {
        Properties own = new Properties();
        own.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        own.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        own.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Consumer<String, byte[]> consumer = consumers.createConsumer(null, "sluice-audit-heads", null, own);
        try {
            return read(consumer);
        } finally {
            consumer.close(CloseOptions.timeout(Limits.CLOSE_WITHIN));
        }
    }

    private static List<Published> read(Consumer<String, byte[]> consumer) {
        List<Published> found = new ArrayList<>();
        consumer.assign(List.of(BOOKS));
        consumer.seekToBeginning(List.of(BOOKS));
        long end = consumer.endOffsets(List.of(BOOKS), Limits.HEADS_READ_WITHIN).getOrDefault(BOOKS, 0L);
        long deadline = System.nanoTime() + Limits.HEADS_READ_WITHIN.toNanos();
        while (consumer.position(BOOKS, Limits.HEADS_READ_WITHIN) < end) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the published heads were not read in time");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Limits.POLL_WITHIN)) {
                if (EventCodec.read(record) instanceof DecodedRecord.OfBooks(_, var at, _, AuditHeadPublished heads)) {
                    found.add(new Published(at, heads));
                }
            }
        }
        return found;
    }
}
