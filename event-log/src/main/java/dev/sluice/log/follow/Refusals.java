package dev.sluice.log.follow;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.kafka.common.TopicPartition;

import dev.sluice.log.DecodedRecord;

/// Distinguishes a record that violates a constraint from a database that takes no such record: another's migration may be ahead of this
/// code. A record is to blame when others of its kind are accepted and only few are refused, or when an operator has it set aside.
final class Refusals {
    private final Clock clock;
    private final Map<TopicPartition, Doubt> doubts = new HashMap<>();
    private final Deque<Instant> setAside = new ArrayDeque<>();

    /// A record that a partition is paused at.
    ///
    /// @param othersPassed how many others of its kind the database took since
    private record Doubt(long offset, Object kind, int othersPassed) {}

    /// What came of a batch that was tried.
    ///
    /// @param applied   the records that are rows now
    /// @param refused   the records that the database does not take, each with its message
    /// @param undecided those of them that were not set aside before, by an operator or by a dead letter
    record Tried(List<LogRecord> applied, Map<LogRecord, String> refused, List<LogRecord> undecided) {}

    Refusals(Clock clock) {
        this.clock = clock;
    }

    /// What a record is about, as far as constraints go.
    static Object kind(LogRecord record) {
        return record.content() instanceof DecodedRecord.Fact fact ? fact.event().getClass() : record.content().getClass();
    }

    /// Tries a batch record by record.
    ///
    /// @param apply   applies records, or leaves no trace of them and throws `DataIntegrityViolationException`
    /// @param decided whether a record that is refused was set aside before, by an operator or by a dead letter
    /// @throws RecordsRefusedException when what was refused is not known to be the records' own fault
    Tried tryEach(List<LogRecord> records, Consumer<List<LogRecord>> apply, Predicate<LogRecord> decided) {
        try {
            Bisection tried = Bisection.of(records, apply, decided.or(this::isCleared));
            // Now: when the dead letters are written, all of them are decided.
            List<LogRecord> undecided = tried.refused().keySet().stream().filter(decided.negate()).toList();
            judge(tried, undecided);
            return new Tried(tried.applied(), tried.refused(), undecided);
        } catch (RecordsRefusedException e) {
            e.records().forEach(record -> doubts.merge(record.topicPartition(), new Doubt(record.offset(), kind(record), 0),
                    (known, now) -> known.offset() == now.offset() ? known : now));
            throw e;
        }
    }

    private void judge(Bisection tried, List<LogRecord> undecided) {
        List<LogRecord> suspects = undecided.stream().filter(record -> !isCleared(record)).toList();
        if (suspects.size() > Math.max(Limits.REFUSED_FEW, tried.size() / Limits.REFUSED_ONE_IN)) {
            throw tried.refusal(suspects::contains, PauseReason.MANY_REFUSED);
        }
        if (!undecided.isEmpty() && recently() + undecided.size() > Limits.REFUSED_AT_MOST) {
            throw tried.refusal(undecided::contains, PauseReason.MANY_REFUSED);
        }
        if (!suspects.stream().allMatch(record -> tried.passed(kind(record)))) {
            throw tried.refusal(record -> suspects.contains(record) && !tried.passed(kind(record)), PauseReason.RECORD_REFUSED);
        }
    }

    /// Whether the database has taken more records of its kind, since this one was first refused, than it refuses now.
    private boolean isCleared(LogRecord record) {
        Doubt doubt = doubts.get(record.topicPartition());
        return doubt != null && doubt.offset() == record.offset()
                && doubt.othersPassed() >= doubts.values().stream().filter(other -> other.kind().equals(doubt.kind())).count();
    }

    private int recently() {
        Instant since = clock.instant().minus(Limits.REFUSED_WITHIN);
        setAside.removeIf(at -> at.isBefore(since));
        return setAside.size();
    }

    /// After the commit: what the database took, and what was set aside.
    void committed(Tried tried) {
        tried.undecided().forEach(_ -> setAside.add(clock.instant()));
        if (doubts.isEmpty()) {
            return;
        }
        tried.applied().forEach(record -> doubts.replaceAll((_, doubt) -> doubt.kind().equals(kind(record))
                ? new Doubt(doubt.offset(), doubt.kind(), doubt.othersPassed() + 1)
                : doubt));
        Stream.concat(tried.applied().stream(), tried.refused().keySet().stream())
                .forEach(record -> doubts.computeIfPresent(record.topicPartition(),
                        (_, doubt) -> record.offset() >= doubt.offset() ? null : doubt));
    }
}
