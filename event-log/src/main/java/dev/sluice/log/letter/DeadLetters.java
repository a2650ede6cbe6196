package dev.sluice.log.letter;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

import dev.sluice.log.DeadLetter;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.log.letter.DeadLetterTopic.Range;

/// The topic of the dead letters, for the views of an app. A view that reads the log again, after a restart, a restore or in a rebuild,
/// meets the same records; none of them is written a second time, and none that was set aside once pauses a view again.
public final class DeadLetters {
    /// How the cause begins when a database does not take a record; all others cannot be read.
    public static final String REFUSED = "the database refuses it: ";
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String ANY_VIEW = "";

    private final DeadLetterTopic topic;
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
        this.topic = new DeadLetterTopic(consumers, clock);
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

    /// Whether a record was set aside before, by what was read and written here so far.
    ///
    /// @param others whether letters of other views count, too, of what cannot be read. That another view's database refuses a record proves
    ///               nothing about ours
    public synchronized boolean knows(String view, boolean others, ConsumerRecord<String, byte[]> raw) {
        return !known.isEmpty() && (known.contains(id(view, raw)) || (others && known.contains(id(ANY_VIEW, raw))));
    }

    /// Reads what all instances have written so far.
    public synchronized void read() {
        readToTheEnd();
    }

    /// The same, unless it was done a moment ago: many records may be asked about in a row.
    public synchronized void refresh() {
        if (clock.instant().isAfter(lastRead.plus(Limits.BETWEEN_READS))) {
            readToTheEnd();
        }
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

    /// A reading that takes too long leaves what it has read, and the next one continues there.
    private void readToTheEnd() {
        topic.read((id, there) -> {
            long next = read.getOrDefault(id, 0L);
            // Beyond the end of a topic that was made anew.
            read.put(id, next > there.to() ? there.from() : Math.max(next, there.from()));
            return new Range(read.getOrDefault(id, 0L), there.to());
        }, this::remember);
        lastRead = clock.instant();
    }

    private void remember(ConsumerRecord<String, byte[]> record) {
        DeadLetter.of(record).ifPresent(letter -> {
            boolean refused = letter.why().startsWith(letter.view() + ": " + REFUSED);
            (refused ? List.of(letter.view()) : List.of(letter.view(), ANY_VIEW)).forEach(view -> remember(
                    id(view, letter.topic().topicName(), letter.partition(), letter.offset(), record.value())));
        });
        read.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }
}
