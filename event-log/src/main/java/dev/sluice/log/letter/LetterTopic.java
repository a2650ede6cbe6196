package dev.sluice.log.letter;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.kafka.core.ConsumerFactory;

import dev.sluice.log.DeadLetter;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.letter.DeadLetterTopic.Range;
import dev.sluice.log.letter.LetterPage.Cursor;

/// The dead letters as operators see them. None of them is kept here: they are read rarely.
public final class LetterTopic {
    private final DeadLetterTopic topic;

    public LetterTopic(ConsumerFactory<String, byte[]> consumers, Clock clock) {
        this.topic = new DeadLetterTopic(consumers, clock);
    }

    private LetterTopic(DeadLetterTopic topic) {
        this.topic = topic;
    }

    /// The one of a cluster, for a process beside the apps.
    public static LetterTopic of(KafkaCluster cluster, Clock clock) {
        return new LetterTopic(DeadLetterTopic.of(cluster, clock));
    }

    /// One page of dead letters.
    ///
    /// @throws DataAccessResourceFailureException when the log does not answer in time
    public LetterPage page(Cursor before) {
        Map<Integer, Range> left = new HashMap<>();
        List<ConsumerRecord<String, byte[]>> found = read((id, there) -> {
            long end = before.end(id.partition(), there.to());
            left.put(id.partition(), new Range(there.from(), end));
            return new Range(Math.max(there.from(), end - Limits.DEAD_LETTERS_SHOWN), end);
        });
        List<ConsumerRecord<String, byte[]>> shown = newestFirst(found).stream().limit(Limits.DEAD_LETTERS_SHOWN).toList();
        Map<Integer, Long> rest = new HashMap<>();
        left.forEach((partition, range) -> rest.put(partition, range.to()));
        shown.forEach(record -> rest.merge(record.partition(), record.offset(), Math::min));
        boolean more = left.entrySet().stream().anyMatch(range -> rest.getOrDefault(range.getKey(), 0L) > range.getValue().from());
        return new LetterPage(shown.stream().flatMap(record -> DeadLetter.of(record).stream()).toList(),
                more ? Optional.of(new Cursor(rest)) : Optional.empty());
    }

    private record Placed(ConsumerRecord<String, byte[]> record, long time) {}

    /// By partition and offset, and between partitions by time. The clocks of writers differ, so a record counts as no later than those after
    /// it in its partition: a page is always the end of what is left of each partition, and the next one begins there.
    private static List<ConsumerRecord<String, byte[]>> newestFirst(List<ConsumerRecord<String, byte[]>> found) {
        List<ConsumerRecord<String, byte[]>> lastFirst = new ArrayList<>(found);
        lastFirst.sort(Comparator.<ConsumerRecord<String, byte[]>>comparingLong(ConsumerRecord::offset).reversed());
        Map<Integer, Long> earliest = new HashMap<>();
        List<Placed> placed = new ArrayList<>();
        for (var record : lastFirst) {
            long time = Math.min(record.timestamp(), earliest.getOrDefault(record.partition(), Long.MAX_VALUE));
            earliest.put(record.partition(), time);
            placed.add(new Placed(record, time));
        }
        placed.sort(Comparator.comparingLong(Placed::time).reversed().thenComparingInt(each -> each.record().partition()));
        return placed.stream().map(Placed::record).toList();
    }

    /// One dead letter; empty when that place has none.
    ///
    /// @throws DataAccessResourceFailureException when the log does not answer in time
    public Optional<DeadLetter> find(LetterPlace place) {
        return read((id, there) -> id.partition() == place.partition() && place.offset() >= there.from() && place.offset() < there.to()
                ? new Range(place.offset(), place.offset() + 1)
                : new Range(0, 0)).stream().filter(record -> record.offset() == place.offset()).findFirst().flatMap(DeadLetter::of);
    }

    private List<ConsumerRecord<String, byte[]>> read(BiFunction<TopicPartition, Range, Range> wanted) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try {
            topic.read(wanted, found::add);
        } catch (KafkaException e) {
            throw new DataAccessResourceFailureException("dead letters not read: " + e.getMessage(), e);
        }
        return found;
    }
}
