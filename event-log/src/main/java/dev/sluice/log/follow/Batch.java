package dev.sluice.log.follow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventCodec;
import dev.sluice.log.letter.DeadLetters.SetAside;

/// Records of one poll, decoded: each partition up to the first record that only a newer version can read.
///
/// @param records    what can be read, in the order of the partitions
/// @param unreadable what no version can read
/// @param decided    what can be read, and an operator has set aside all the same
/// @param halts      the records of newer writers; they and what follows them are in neither list
record Batch(List<LogRecord> records, List<SetAside> unreadable, List<SetAside> decided,
        Map<TopicPartition, FollowedPartition.Halt> halts) {
    /// @param all      whether what no version can read is a record as any other
    /// @param setAside whether an operator has a record set aside that cannot be read
    static Batch of(List<ConsumerRecord<String, byte[]>> polled, boolean all, Predicate<ConsumerRecord<String, byte[]>> setAside) {
        List<LogRecord> records = new ArrayList<>(polled.size());
        List<SetAside> unreadable = new ArrayList<>();
        Map<TopicPartition, FollowedPartition.Halt> halts = new HashMap<>();
        for (var raw : polled) {
            if (halts.containsKey(partition(raw))) {
                continue;
            }
            switch (EventCodec.read(raw)) {
                case DecodedRecord.Decoded content -> records.add(new LogRecord(raw, content));
                case DecodedRecord.Unreadable(var why, var newer) when newer && !setAside.test(raw) ->
                    halts.put(partition(raw), new FollowedPartition.Halt(raw.offset(), PauseReason.NEWER_WRITER, why));
                case DecodedRecord.Unreadable(var why, _) when all ->
                    records.add(new LogRecord(raw, new DecodedRecord.NotUnderstood(why)));
                case DecodedRecord.Unreadable(var why, _) -> unreadable.add(new SetAside(raw, why));
            }
        }
        return new Batch(records, unreadable, List.of(), halts);
    }

    private static TopicPartition partition(ConsumerRecord<String, byte[]> raw) {
        return new TopicPartition(raw.topic(), raw.partition());
    }

    /// Those records that stand before the places.
    Batch before(Map<TopicPartition, FollowedPartition.Halt> places) {
        return only(raw -> {
            FollowedPartition.Halt place = places.get(partition(raw));
            return place == null || raw.offset() < place.offset();
        });
    }

    /// Those records that are not of the partitions.
    Batch without(Collection<TopicPartition> partitions) {
        return partitions.isEmpty() ? this : only(raw -> !partitions.contains(partition(raw)));
    }

    /// The same, with these records set aside.
    Batch settingAside(List<LogRecord> aside, String why) {
        Set<LogRecord> gone = Set.copyOf(aside);
        return new Batch(records.stream().filter(record -> !gone.contains(record)).toList(), unreadable,
                Stream.concat(decided.stream(), aside.stream().map(record -> new SetAside(record.raw(), why))).toList(), halts);
    }

    private Batch only(Predicate<ConsumerRecord<String, byte[]>> wanted) {
        return new Batch(records.stream().filter(record -> wanted.test(record.raw())).toList(),
                unreadable.stream().filter(letter -> wanted.test(letter.raw())).toList(),
                decided.stream().filter(letter -> wanted.test(letter.raw())).toList(), halts);
    }

    /// The offset after the last record of each partition.
    Map<TopicPartition, Long> ends() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        Stream.concat(records.stream().map(LogRecord::raw), Stream.concat(unreadable.stream(), decided.stream()).map(SetAside::raw))
                .forEach(raw -> ends.merge(partition(raw), raw.offset() + 1, Math::max));
        return ends;
    }
}
