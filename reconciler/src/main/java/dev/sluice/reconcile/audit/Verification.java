package dev.sluice.reconcile.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.sluice.event.books.AuditHeadPublished;
import dev.sluice.event.books.AuditHeadPublished.Head;

/// One walk along the chains of all partitions, some rows at a time. It ends at the first row that is broken.
final class Verification {
    private final AuditRows rows;
    private final Map<TopicPartition, NavigableMap<Long, Head>> published = new HashMap<>();
    private final Deque<TopicPartition> left;
    private final List<Covered> covered = new ArrayList<>();
    private LastRow last = LastRow.NONE;
    private long walked;

    /// @param heads that were published
    Verification(AuditRows rows, List<AuditHeadPublished> heads) {
        this.rows = rows;
        heads.stream().flatMap(day -> day.heads().stream()).forEach(head -> published
                .computeIfAbsent(new TopicPartition(head.topic(), head.partition()), _ -> new TreeMap<>()).put(head.offset(), head));
        this.left = new ArrayDeque<>(rows.partitions());
        // A partition of which only the heads are left.
        published.keySet().stream().filter(partition -> !left.contains(partition)).forEach(left::add);
    }

    /// What is wrong with a row.
    enum Difference {
        /// The row is not what its hash was made of: it, or its hash, was changed.
        CONTENT_DIFFERS,
        /// Its number does not follow the number of the row before: rows were removed, or one was added.
        ROWS_MISSING_OR_ADDED,
        /// A published head has another hash for it: the chain was written anew.
        PUBLISHED_HEAD_DIFFERS,
        /// A published head names it, and it is missing: the end of the chain was removed.
        TAIL_MISSING
    }

    /// A partition that was walked to its end, or as far as the walk has come.
    ///
    /// @param heads published heads that agree
    record Covered(String topic, int partition, long rows, long lastOffset, String lastHash, int heads) {}

    /// The first row that is broken.
    record Broken(String topic, int partition, long offset, Difference difference) {}

    /// How far the walk is.
    ///
    /// @param verified whether all is covered and nothing is broken; null while the walk continues
    /// @param rows     rows that were walked
    record Progress(@Nullable Boolean verified, long rows, List<Covered> covered, @Nullable Broken broken) {
        boolean isEnd() {
            return verified != null;
        }
    }

    /// Walks on, some rows.
    Progress walk() {
        long from = walked;
        while (!left.isEmpty() && walked - from < Limits.ROWS_BETWEEN_PROGRESS) {
            Optional<Broken> broken = walkSome(left.element());
            if (broken.isPresent()) {
                return new Progress(false, walked, List.copyOf(covered), broken.get());
            }
        }
        return new Progress(left.isEmpty() ? true : null, walked, List.copyOf(covered), null);
    }

    private Optional<Broken> walkSome(TopicPartition partition) {
        List<ChainedRow> some = rows.chain(partition, last.offset(), Limits.VERIFIED_AT_A_TIME);
        NavigableMap<Long, Head> heads = published.getOrDefault(partition, new TreeMap<>());
        for (ChainedRow row : some) {
            Optional<Difference> difference = difference(row, heads);
            if (difference.isPresent()) {
                return Optional.of(new Broken(partition.topic(), partition.partition(), row.row().place().offset(), difference.get()));
            }
            last = new LastRow(row.row().place().offset(), row.row().place().number(), row.hash());
            walked++;
        }
        if (some.size() < Limits.VERIFIED_AT_A_TIME) {
            Long missing = heads.higherKey(last.offset());
            // What the view has not read yet, as in a rebuild, is not missing.
            if (missing != null && missing < rows.position(partition)) {
                return Optional.of(new Broken(partition.topic(), partition.partition(), missing, Difference.TAIL_MISSING));
            }
            covered.add(new Covered(partition.topic(), partition.partition(), last.number(), last.offset(),
                    HexFormat.of().formatHex(last.hash()), heads.headMap(last.offset(), true).size()));
            left.remove();
            last = LastRow.NONE;
        }
        return Optional.empty();
    }

    private Optional<Difference> difference(ChainedRow row, NavigableMap<Long, Head> heads) {
        AuditRow.Place place = row.row().place();
        if (place.number() != last.number() + 1) {
            return Optional.of(Difference.ROWS_MISSING_OR_ADDED);
        }
        if (!Arrays.equals(Chain.hash(last.hash(), row.row()), row.hash())) {
            return Optional.of(Difference.CONTENT_DIFFERS);
        }
        Long skipped = heads.higherKey(last.offset());
        if (skipped != null && skipped < place.offset()) {
            return Optional.of(Difference.PUBLISHED_HEAD_DIFFERS);
        }
        Head head = heads.get(place.offset());
        boolean differs = head != null && !(head.hash().equals(HexFormat.of().formatHex(row.hash())) && head.rows() == place.number());
        return differs ? Optional.of(Difference.PUBLISHED_HEAD_DIFFERS) : Optional.empty();
    }
}
