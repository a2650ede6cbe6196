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

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.sluice.log.DeadLetter;
import dev.sluice.log.letter.DeadLetterTopic.Range;

/// Which records were set aside, as far as the topic of the dead letters was read.
public final class KnownLetters {
    private static final String ANY_VIEW = "";

    private final DeadLetterTopic topic;
    private final Clock clock;
    private final Set<UUID> known = new LinkedHashSet<>();
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private Instant lastRead = Instant.MIN;

    public KnownLetters(DeadLetterTopic topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    /// Whether a record was set aside before, by what was read so far.
    ///
    /// @param others whether letters of other views count, too, of what cannot be read. That another view's database refuses a record proves
    ///               nothing about ours
    public synchronized boolean knows(String view, boolean others, ConsumerRecord<String, byte[]> raw) {
        return !known.isEmpty() && (known.contains(id(view, raw)) || (others && known.contains(id(ANY_VIEW, raw))));
    }

    /// Whether this view has set the record aside.
    synchronized boolean has(String view, ConsumerRecord<String, byte[]> raw) {
        return known.contains(id(view, raw));
    }

    synchronized void add(String view, ConsumerRecord<String, byte[]> raw) {
        remember(id(view, raw));
    }

    /// Reads what was written so far. A reading that takes too long leaves what it has read, and the next one continues there.
    ///
    /// @throws KafkaException when the log does not answer, or not in time
    public synchronized void read() {
        topic.read((id, there) -> {
            long next = read.getOrDefault(id, 0L);
            // Beyond the end of a topic that was made anew.
            read.put(id, next > there.to() ? there.from() : Math.max(next, there.from()));
            return new Range(read.getOrDefault(id, 0L), there.to());
        }, this::remember);
        lastRead = clock.instant();
    }

    /// The same, unless it was done a moment ago: many records may be asked about in a row.
    synchronized void refresh() {
        if (clock.instant().isAfter(lastRead.plus(Limits.BETWEEN_READS))) {
            read();
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

    private void remember(ConsumerRecord<String, byte[]> record) {
        DeadLetter.of(record).ifPresent(letter -> {
            boolean refused = letter.why().startsWith(letter.view() + ": " + DeadLetters.REFUSED);
            (refused ? List.of(letter.view()) : List.of(letter.view(), ANY_VIEW)).forEach(view -> remember(
                    id(view, letter.topic().topicName(), letter.partition(), letter.offset(), record.value())));
        });
        read.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }
}
