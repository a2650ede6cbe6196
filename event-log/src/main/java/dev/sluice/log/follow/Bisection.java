package dev.sluice.log.follow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.DataIntegrityViolationException;

import dev.sluice.log.letter.DeadLetters;

/// Halves a batch that the database refuses until each bad record stands alone, in the order of the log: a half is applied on top of those
/// before it.
final class Bisection {
    private final List<LogRecord> all;
    private final Consumer<List<LogRecord>> apply;
    private final Predicate<LogRecord> toBlame;
    private final Map<LogRecord, String> refused = new LinkedHashMap<>();
    private final Set<Object> passed = new HashSet<>();
    private final Map<Object, Integer> inARow = new HashMap<>();

    private Bisection(List<LogRecord> all, Consumer<List<LogRecord>> apply, Predicate<LogRecord> toBlame) {
        this.all = all;
        this.apply = apply;
        this.toBlame = toBlame;
    }

    /// @param apply   applies records, or leaves no trace of them and throws [DataIntegrityViolationException]
    /// @param toBlame whether a record is known to be the cause when it is refused
    /// @throws RecordsRefusedException when many of one kind are refused in a row
    static Bisection of(List<LogRecord> all, Consumer<List<LogRecord>> apply, Predicate<LogRecord> toBlame) {
        Bisection bisection = new Bisection(all, apply, toBlame);
        bisection.tryOut(all);
        return bisection;
    }

    private void tryOut(List<LogRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        try {
            apply.accept(records);
            records.forEach(record -> {
                passed.add(Refusals.kind(record));
                inARow.remove(Refusals.kind(record));
            });
        } catch (DataIntegrityViolationException e) {
            if (records.size() == 1) {
                refuse(records.getFirst(), e);
                return;
            }
            tryOut(records.subList(0, records.size() / 2));
            tryOut(records.subList(records.size() / 2, records.size()));
        }
    }

    private void refuse(LogRecord record, DataIntegrityViolationException e) {
        refused.put(record, DeadLetters.REFUSED + e.getMostSpecificCause().getMessage());
        if (!toBlame.test(record) && inARow.merge(Refusals.kind(record), 1, Integer::sum) >= Limits.REFUSED_IN_A_ROW) {
            throw refusal(toBlame.negate(), PauseReason.MANY_REFUSED);
        }
    }

    int size() {
        return all.size();
    }

    /// The records that were refused alone, in their order, each with the database's message.
    Map<LogRecord, String> refused() {
        return refused;
    }

    List<LogRecord> applied() {
        return all.stream().filter(record -> !refused.containsKey(record)).toList();
    }

    /// Whether a record of that kind was applied.
    boolean passed(Object kind) {
        return passed.contains(kind);
    }

    /// The first of those refused records in each partition.
    RecordsRefusedException refusal(Predicate<LogRecord> of, PauseReason reason) {
        Map<TopicPartition, FollowedPartition.Halt> first = new HashMap<>();
        refused.forEach((record, why) -> {
            if (of.test(record)) {
                first.putIfAbsent(record.topicPartition(), new FollowedPartition.Halt(record.offset(), reason, why));
            }
        });
        return new RecordsRefusedException(first, refused.keySet());
    }
}
