package dev.sluice.log;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.books.BooksFact;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.event.value.UserId;
import dev.sluice.log.cluster.KafkaCluster;

/// The only way to append. When a method returns, its record is on all in-sync replicas. When it throws [NotAppendedException], which it
/// does within [#APPEND_WITHIN], the caller must not acknowledge.
///
/// Methods block; they may be called by many threads at once, best virtual ones.
public final class EventLog implements AutoCloseable {
    /// The longest that an append takes.
    public static final Duration APPEND_WITHIN = Duration.ofSeconds(4);
    private static final Duration METADATA_WITHIN = Duration.ofSeconds(2);
    private static final Duration REQUEST_WITHIN = Duration.ofSeconds(1);
    private static final Duration DELIVERY_WITHIN = Duration.ofSeconds(2);
    private static final Duration LINGER = Duration.ofMillis(2);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    /// A partition's part of a large append is one request to the broker, and one flush of its disk.
    private static final int BATCH_BYTES = 256 * 1024;
    /// While one is flushed the next is on its way. More would be smaller ones, each with a flush of its own.
    private static final int REQUESTS_UNDER_WAY = 2;

    private final Producer<String, byte[]> producer;
    private final URI source;
    private final Clock clock;

    private EventLog(Producer<String, byte[]> producer, URI source, Clock clock) {
        this.producer = producer;
        this.source = source;
        this.clock = clock;
    }

    /// Opens the log.
    ///
    /// @param writer the app that appends, as it will stand in `ce_source`: `/sluice/{writer}`
    /// @param clock  gives each fact its time
    public static EventLog connect(KafkaCluster cluster, String writer, Clock clock) {
        Map<String, Object> config = Map
                .of(
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "sluice-" + writer + "-log",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        (int) LINGER.toMillis(),
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        REQUESTS_UNDER_WAY,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        METADATA_WITHIN.toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) REQUEST_WITHIN.toMillis(),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) DELIVERY_WITHIN.toMillis());
        var producer = cluster.connect(config, all -> new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer()));
        return new EventLog(producer, URI.create("/sluice/" + writer), clock);
    }

    /// Appends one fact.
    ///
    /// @throws NotAppendedException when it is not known to be in the log
    public void append(TopUpEvent event) {
        append(List.of(event));
    }

    /// Appends facts; those about one order keep their order.
    ///
    /// @throws NotAppendedException when not all of them are known to be in the log
    public void append(List<? extends TopUpEvent> events) {
        send(events.stream().map(event -> EventCodec.encode(event, source, clock.instant())).toList());
    }

    /// Appends a fact about the books.
    ///
    /// @throws NotAppendedException when it is not known to be in the log
    public void append(BooksFact fact) {
        send(List.of(EventCodec.encode(fact, source, clock.instant())));
    }

    /// Appends a notification as received.
    ///
    /// @throws NotAppendedException when it is not known to be in the log
    public void append(Notification notification) {
        send(List.of(EventCodec.encode(notification, source)));
    }

    /// Appends a provider's answer as received.
    ///
    /// @throws NotAppendedException when it is not known to be in the log
    public void append(ProviderAnswer answer) {
        send(List.of(EventCodec.encode(answer, source)));
    }

    /// Appends a provider's answer as received, and the fact that follows from it.
    ///
    /// @throws NotAppendedException when not both are known to be in the log
    public void append(ProviderAnswer answer, TopUpEvent event) {
        send(List.of(EventCodec.encode(answer, source), EventCodec.encode(event, source, clock.instant())));
    }

    /// Announces that a page is open on an order.
    ///
    /// @throws NotAppendedException when the append is not confirmed
    public void append(OrderWatched page) {
        send(List.of(EventCodec.encode(page, source, clock.instant())));
    }

    /// Sets settings, all of a change in one record.
    ///
    /// @param signer signs the bytes of the record
    /// @throws NotAppendedException when it is not known to be in the log
    public void append(SettingsChanged change, UnaryOperator<byte[]> signer) {
        send(List.of(EventCodec.encode(change, source, signer)));
    }

    /// Puts a record that cannot be read or booked among the dead letters, as it was, with where it came from and why.
    ///
    /// @throws NotAppendedException when it is not known to be there
    public void deadLetter(ConsumerRecord<String, byte[]> record, String why) {
        var letter = new ProducerRecord<>(Topic.DEAD_LETTERS.topicName(), null, null, record.key(), record.value(),
                new RecordHeaders(record.headers()));
        String origin = record.topic() + "/" + record.partition() + "/" + record.offset();
        letter.headers().add(DeadLetter.ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
        letter.headers().add(DeadLetter.WHY, why.getBytes(StandardCharsets.UTF_8));
        send(List.of(letter));
    }

    /// Appends a dead letter again as it was, under its key, to the topic that it came from. The views take it as any other record.
    ///
    /// @param letter a record of `sluice.events.dlt`
    /// @param actor  the operator who wants it, kept beside the record with the reason
    /// @throws IllegalArgumentException when the record does not name a topic that views follow
    /// @throws NotAppendedException     when it is not known to be in the log
    public void reappend(ConsumerRecord<String, byte[]> letter, UserId actor, String reason) {
        Topic topic = DeadLetter.of(letter).map(DeadLetter::topic).orElseThrow(() -> new IllegalArgumentException(
                "not a dead letter: it has no " + DeadLetter.ORIGIN + " that names a topic that views follow"));
        var again = new ProducerRecord<>(topic.topicName(), null, null, letter.key(), letter.value(), new RecordHeaders(letter.headers()));
        again.headers().remove(DeadLetter.ORIGIN);
        again.headers().remove(DeadLetter.WHY);
        again.headers().add(DeadLetter.REDRIVEN_BY, actor.value().getBytes(StandardCharsets.UTF_8));
        again.headers().add(DeadLetter.REDRIVEN_WHY, reason.getBytes(StandardCharsets.UTF_8));
        send(List.of(again));
    }

    private void send(List<ProducerRecord<String, byte[]>> records) {
        long deadline = System.nanoTime() + APPEND_WITHIN.toNanos();
        long lastSend = deadline - METADATA_WITHIN.toNanos();
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
            for (var record : records) {
                // One call may wait for the cluster's metadata; many that wait one after the other would exceed the bound.
                if (System.nanoTime() > lastSend) {
                    throw new TimeoutException("the cluster does not answer");
                }
                sent.add(producer.send(record));
            }
            for (var future : sent) {
                future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException e) {
            throw new NotAppendedException("not known to be in the log: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAppendedException("interrupted while appending", e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
