package dev.sluice.log.letter;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

import dev.sluice.log.DeadLetter;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.log.Topic;

/// The topic of the dead letters, for the views of an app. A view that reads the log again, after a restart, a restore or in a rebuild,
/// meets the same records; none of them is written a second time, and none that was set aside once pauses a view again.
public final class DeadLetters {
    /// How the cause begins when a database does not take a record; all others cannot be read.
    public static final String REFUSED = "the database refuses it: ";
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String ANY_VIEW = "";

    private final ConsumerFactory<String, byte[]> consumers;
    private final EventLog log;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Set<UUID> known = new LinkedHashSet<>();
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private Instant lastRead = Instant.MIN;

    /// A record that a view continues without.
    ///
    /// @param why what is wrong with it
    public record SetAside(ConsumerRecord<String, byte[]> raw, String why) {}

    public DeadLetters(ConsumerFactory<String, byte[]> consumers, EventLog log, MeterRegistry meters, Clock clock) {
        this.consumers = consumers;
        this.log = log;
        this.meters = meters;
        this.clock = clock;
    }

    /// The count of a view's dead letters. An alert needs it before the first one.
    public Counter counter(String view) {
        return Counter.builder("sluice.dead.letters").description("Records that a view set aside").tag("view", view).register(meters);
    }

    /// Puts a view's records among the dead letters, those that are not there. Each is counted as soon as it is in the log, whatever becomes
    /// of the transaction.
    ///
    /// @throws NotAppendedException when it is not known that all of them are in the log
    public synchronized void write(String view, List<SetAside> records) {
        if (records.isEmpty()) {
            return;
        }
        readToTheEnd();
        for (SetAside record : records) {
            UUID id = id(view, record.raw());
            if (!known.contains(id)) {
                log.deadLetter(record.raw(), view + ": " + record.why());
                remember(id);
                report(view, record);
            }
        }
    }

    private void report(String view, SetAside letter) {
        ConsumerRecord<String, byte[]> raw = letter.raw();
        counter(view).increment();
        LOG.atError().addKeyValue("view", view).addKeyValue("trade_no", raw.key())
                .addKeyValue("partition", new TopicPartition(raw.topic(), raw.partition())).addKeyValue("offset", raw.offset())
                .addKeyValue("why", letter.why()).log("record set aside as dead letter");
    }

    /// Whether a view has set this record aside before.
    public synchronized boolean has(String view, ConsumerRecord<String, byte[]> raw) {
        return has(id(view, raw));
    }

    /// Whether any view has set this record aside before because it cannot be read. That another view's database refuses it proves nothing
    /// about ours.
    public synchronized boolean hasUnreadable(ConsumerRecord<String, byte[]> raw) {
        return has(id(ANY_VIEW, raw));
    }

    /// The same, by what was read when [#read] was called, and written here since.
    public synchronized boolean knows(String view, ConsumerRecord<String, byte[]> raw) {
        return !known.isEmpty() && known.contains(id(view, raw));
    }

    /// The same of [#hasUnreadable].
    public synchronized boolean knowsUnreadable(ConsumerRecord<String, byte[]> raw) {
        return knows(ANY_VIEW, raw);
    }

    /// Reads what all instances have written so far.
    public synchronized void read() {
        readToTheEnd();
    }

    private boolean has(UUID id) {
        // Many may be asked for in a row.
        if (!known.contains(id) && clock.instant().isAfter(lastRead.plus(Limits.BETWEEN_READS))) {
            readToTheEnd();
        }
        return known.contains(id);
    }

    private static UUID id(String view, ConsumerRecord<String, byte[]> raw) {
        return id(view, raw.topic(), raw.partition(), raw.offset(), raw.value());
    }

    private void remember(UUID id) {
        known.add(id);
        if (known.size() > Limits.DEAD_LETTERS_REMEMBERED) {
            Iterator<UUID> oldest = known.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /// Place and content: in a log that was replaced, another record may have the same place.
    private static UUID id(String view, String topic, int partition, long offset, byte @Nullable [] value) {
        String content = value == null ? "" : UUID.nameUUIDFromBytes(value).toString();
        return UUID.nameUUIDFromBytes(String.join("/", view, topic, Integer.toString(partition), Long.toString(offset), content)
                .getBytes(StandardCharsets.UTF_8));
    }

    private void readToTheEnd() {
        Properties own = new Properties();
        own.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        own.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        own.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Instant deadline = clock.instant().plus(Limits.DEAD_LETTERS_WITHIN);
        try (Consumer<String, byte[]> consumer = consumers.createConsumer(null, "sluice-dead-letters", null, own)) {
            Set<TopicPartition> partitions = new LinkedHashSet<>();
            consumer.partitionsFor(Topic.DEAD_LETTERS.topicName(), Limits.OFFSETS_WITHIN)
                    .forEach(found -> partitions.add(new TopicPartition(found.topic(), found.partition())));
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, Limits.OFFSETS_WITHIN);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Limits.OFFSETS_WITHIN);
            partitions.forEach(id -> consumer.seek(id,
                    from(begins.getOrDefault(id, 0L), read.getOrDefault(id, 0L), ends.getOrDefault(id, 0L))));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (clock.instant().isAfter(deadline)) {
                    throw new IllegalStateException("the dead letters were not read within " + Limits.DEAD_LETTERS_WITHIN);
                }
                consumer.poll(Limits.POLL_WITHIN).forEach(this::remember);
            }
            partitions.forEach(id -> read.put(id, consumer.position(id)));
            lastRead = clock.instant();
        }
    }

    private static long from(long begin, long read, long end) {
        return read > end ? begin : Math.max(begin, read);
    }

    private void remember(ConsumerRecord<String, byte[]> record) {
        DeadLetter.of(record).ifPresent(letter -> {
            boolean refused = letter.why().startsWith(letter.view() + ": " + REFUSED);
            (refused ? List.of(letter.view()) : List.of(letter.view(), ANY_VIEW)).forEach(view -> remember(
                    id(view, letter.topic().topicName(), letter.partition(), letter.offset(), record.value())));
        });
    }
}
