package dev.sluice.log.follow;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

import dev.sluice.log.DecodedRecord;

/// Distinguishes a record that violates a constraint from a database that takes no such record: another's migration may be ahead of this
/// code. A record is to blame when others of its kind are accepted, and only few are refused.
final class Refusals {
    private final Clock clock;
    private final Map<TopicPartition, Doubt> doubts = new HashMap<>();
    private final Deque<Instant> setAside = new ArrayDeque<>();

    /// A record that a partition is paused at.
    ///
    /// @param othersPassed whether the database took another of its kind since
    private record Doubt(long offset, Object kind, boolean othersPassed) {}

    Refusals(Clock clock) {
        this.clock = clock;
    }

    /// What a record is about, as far as constraints go.
    static Object kind(LogRecord record) {
        return record.content() instanceof DecodedRecord.Fact fact ? fact.event().getClass() : record.content().getClass();
    }

    /// Looks at a batch that was tried record by record.
    ///
    /// @throws RecordsRefusedException when what was refused is not known to be the records' own fault
    void judge(Bisection tried) {
        if (tried.refused().size() > Math.max(Limits.REFUSED_FEW, tried.size() / Limits.REFUSED_ONE_IN)
                || recently() + tried.refused().size() > Limits.REFUSED_AT_MOST) {
            throw tried.refusal(_ -> true, PauseReason.MANY_REFUSED);
        }
        if (!tried.refused().keySet().stream().allMatch(record -> toBlame(record, tried))) {
            var refusal = tried.refusal(record -> !toBlame(record, tried), PauseReason.RECORD_REFUSED);
            tried.refused().keySet().stream().filter(record -> isFirst(record, refusal)).forEach(record -> doubts.merge(
                    record.topicPartition(), new Doubt(record.offset(), kind(record), false),
                    (known, now) -> known.offset() == now.offset() ? known : now));
            throw refusal;
        }
    }

    private static boolean isFirst(LogRecord record, RecordsRefusedException refusal) {
        FollowedPartition.Halt halt = refusal.first().get(record.topicPartition());
        return halt != null && halt.offset() == record.offset();
    }

    private boolean toBlame(LogRecord record, Bisection tried) {
        Doubt doubt = doubts.get(record.topicPartition());
        return tried.passed(kind(record)) || (doubt != null && doubt.offset() == record.offset() && doubt.othersPassed());
    }

    private int recently() {
        Instant since = clock.instant().minus(Limits.REFUSED_WITHIN);
        setAside.removeIf(at -> at.isBefore(since));
        return setAside.size();
    }

    /// After the commit: what the database took, and how many were set aside.
    void committed(List<LogRecord> applied, int refused) {
        for (int i = 0; i < refused; i++) {
            setAside.add(clock.instant());
        }
        if (doubts.isEmpty()) {
            return;
        }
        for (LogRecord record : applied) {
            doubts.replaceAll((_, doubt) -> doubt.kind().equals(kind(record)) ? new Doubt(doubt.offset(), doubt.kind(), true) : doubt);
            doubts.computeIfPresent(record.topicPartition(), (_, doubt) -> record.offset() >= doubt.offset() ? null : doubt);
        }
    }
}
