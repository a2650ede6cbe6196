package dev.sluice.log.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.DataAccessResourceFailureException;

import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.history.LogHistory;
import dev.sluice.log.history.Span;
import dev.sluice.log.letter.DeadLetterTopic;
import dev.sluice.log.letter.KnownLetters;
import dev.sluice.log.position.Positions;
import dev.sluice.log.rebuild.RebuildRefusedException.Code;
import dev.sluice.log.rebuild.schema.RebuildDatabase;
import dev.sluice.log.rebuild.schema.RebuiltSchema;
import dev.sluice.log.rebuild.schema.RebuiltTable;

/// Rebuilds a schema from the log beside the live one, compares both, and swaps them. The live views go on meanwhile. Only one rebuild of a
/// schema runs at a time.
public final class Rebuild implements AutoCloseable {
    private final RebuiltSchema schema;
    private final RebuildDatabase database;
    private final Source source;
    private final LogHistory<String> log;
    private final List<ShadowView> views;
    private final RebuildLock lock;
    private final ShadowSchema shadow;

    /// Where the rebuild reads.
    public enum Source {
        /// In the log that the live views follow: it never gets ahead of them.
        OF_LIVE,
        /// In another log, as after a move to another cluster: up to its end. The apps are stopped meanwhile.
        OTHER
    }

    private Rebuild(RebuiltSchema schema, RebuildDatabase database, Source source, LogHistory<String> log, List<ShadowView> views,
            RebuildLock lock) {
        this.schema = schema;
        this.database = database;
        this.source = source;
        this.log = log;
        this.views = views;
        this.lock = lock;
        shadow = new ShadowSchema(schema, database);
    }

    /// Takes the schema for a rebuild.
    ///
    /// @throws RebuildRefusedException when another rebuild of it runs, or it cannot be rebuilt
    public static Rebuild of(RebuiltSchema schema, RebuildDatabase database, KafkaCluster cluster, Source source, Pace pace) {
        new ShadowSchema(schema, database).checkLive();
        RebuildLock lock = RebuildLock.take(schema, database);
        LogHistory<String> log = LogHistory.open(cluster);
        try {
            KnownLetters letters = new KnownLetters(DeadLetterTopic.of(cluster, Clock.systemUTC()), Clock.systemUTC());
            letters.read();
            var views = database.views(schema);
            return new Rebuild(schema, database, source, log,
                    schema.views().apply(views).stream().map(view -> new ShadowView(view, views, letters, pace)).toList(), lock);
        } catch (RuntimeException e) {
            log.close();
            lock.close();
            throw e;
        }
    }

    /// What a rebuild will do.
    ///
    /// @param records how many records each view reads
    /// @param tables  what becomes of each table
    public record Plan(Map<String, Long> records, List<RebuiltTable> tables) {}

    /// Checks what a rebuild needs, and changes nothing.
    ///
    /// @param from since when the log is read again, on top of a copy of the live rows; empty for all of it
    /// @throws RebuildRefusedException when it would lose something
    public Plan plan(Optional<Instant> from) {
        Map<String, Long> records = new LinkedHashMap<>();
        for (ShadowView view : views) {
            Map<TopicPartition, Long> to = target(view);
            checkLog(view, to);
            Map<TopicPartition, Long> begin = from.map(time -> log.offsetsAt(time, to.keySet())).orElse(Map.of());
            records.put(view.view().name(), log.spans(to.keySet()).entrySet().stream().mapToLong(there -> {
                long end = to.getOrDefault(there.getKey(), 0L);
                long first = from.isPresent() ? begin.getOrDefault(there.getKey(), end) : 0;
                return new Span(Math.max(there.getValue().from(), first), end).length();
            }).sum());
        }
        return new Plan(records, schema.tables());
    }

    private void checkLog(ShadowView view, Map<TopicPartition, Long> to) {
        log.spans(to.keySet()).forEach((id, there) -> {
            if (!isKeptForEver(id)) {
                return;
            }
            if (there.from() > 0) {
                throw new RebuildRefusedException(Code.LOG_LOST_FACTS, id + " begins at " + there.from()
                        + ": what was before is lost, and a rebuild would lose its rows too");
            }
            if (to.getOrDefault(id, 0L) > there.to()) {
                throw new RebuildRefusedException(Code.AHEAD_OF_LOG, "the view " + view.view().name() + " holds " + id + " up to "
                        + to.get(id) + ", the log ends at " + there.to() + ": the log lost records, or this is another log");
            }
        });
    }

    private static boolean isKeptForEver(TopicPartition id) {
        return Set.of(Topic.values()).stream().anyMatch(topic -> topic.topicName().equals(id.topic()) && topic.retention().isEmpty());
    }

    /// Where the live view stands; of another log, its end.
    private Map<TopicPartition, Long> target(ShadowView view) {
        Set<TopicPartition> partitions = log.partitions(view.view().topics());
        Map<TopicPartition, Long> to = new HashMap<>();
        switch (source) {
            case OF_LIVE -> new Positions(database.live(), view.view().name(), schema.schema()).find(partitions)
                    .forEach((id, position) -> to.put(id, position.next()));
            case OTHER -> log.spans(partitions).forEach((id, there) -> to.put(id, there.to()));
        }
        return to;
    }

    /// Builds the shadow up to where the live views stand. One of an earlier rebuild is dropped.
    ///
    /// @param from     since when the log is read again, on top of a copy of the live rows; empty for all of it
    /// @param progress takes reports
    /// @throws RebuildRefusedException when it would lose something
    public void run(Optional<Instant> from, Consumer<Progress> progress) {
        Plan plan = plan(from);
        shadow.create();
        if (from.isPresent()) {
            shadow.copyLive();
            views.forEach(view -> {
                Set<TopicPartition> partitions = log.partitions(view.view().topics());
                Map<TopicPartition, Long> back = view.next(partitions);
                back.putAll(log.offsetsAt(from.get(), partitions));
                view.setBack(back);
            });
        }
        for (ShadowView view : views) {
            long total = plan.records().getOrDefault(view.view().name(), 0L);
            follow(view, target(view), total, progress);
        }
        follow(_ -> {});
        // The most of it; the swap has to add only what changes from now on.
        new Completion(schema).complete(database.asOperator());
        analyze();
    }

    private void analyze() {
        schema.tables().forEach(table -> database.live().sql("analyze " + schema.shadow() + "." + table.name()).update());
    }

    private void follow(ShadowView view, Map<TopicPartition, Long> to, long total, Consumer<Progress> progress) {
        long began = System.nanoTime();
        AtomicLong done = new AtomicLong();
        AtomicLong reported = new AtomicLong(began);
        view.follow(log, to, some -> {
            long now = done.addAndGet(some);
            if (System.nanoTime() - reported.get() > Limits.BETWEEN_REPORTS.toNanos()) {
                reported.set(System.nanoTime());
                progress.accept(new Progress(view.view().name(), now, total, Duration.ofNanos(System.nanoTime() - began)));
            }
        });
        progress.accept(
                new Progress(view.view().name(), done.get(), Math.max(total, done.get()), Duration.ofNanos(System.nanoTime() - began)));
    }

    /// Brings the shadow to where the live views stand now.
    private void follow(Consumer<Progress> progress) {
        views.forEach(view -> follow(view, target(view), 0, progress));
    }

    /// Compares the live tables with the shadow at the same positions.
    ///
    /// @throws RebuildRefusedException when there is no shadow, or it is of another version
    public Comparison compare() {
        shadow.check();
        try (Connection live = database.owner().getConnection()) {
            live.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            live.setAutoCommit(false);
            try {
                LivePositions positions = LivePositions.of(live, schema);
                if (source == Source.OF_LIVE) {
                    views.forEach(view -> follow(view, positions.of(view.view().name(), log.partitions(view.view().topics())), 0, _ -> {}));
                    checkPositions(positions);
                }
                return new SchemaComparison(schema, database, source == Source.OTHER).run(live);
            } finally {
                live.rollback();
                live.setAutoCommit(true);
                live.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("not compared: " + e.getMessage(), e);
        }
    }

    private void checkPositions(LivePositions live) {
        List<String> faults = new ArrayList<>();
        for (ShadowView view : views) {
            Set<TopicPartition> partitions = log.partitions(view.view().topics());
            Map<TopicPartition, Long> wanted = live.of(view.view().name(), partitions);
            view.next(partitions).forEach((id, next) -> {
                if (next != wanted.getOrDefault(id, 0L).longValue()) {
                    faults.add("the view " + view.view().name() + " stands at " + wanted.get(id) + " of " + id + ", its shadow at " + next);
                }
            });
        }
        Set<String> known = views.stream().map(view -> view.view().name()).collect(Collectors.toSet());
        live.views().stream().filter(view -> !known.contains(view))
                .map(view -> "the schema has the view " + view + ", which this version does not rebuild").forEach(faults::add);
        if (!faults.isEmpty()) {
            throw new RebuildRefusedException(Code.OTHER_POSITION, String.join("; ", faults));
        }
    }

    /// Puts the shadow in the place of the live schema, which stays beside it under the name that this returns. Live apps go on.
    ///
    /// @throws RebuildRefusedException when the shadow would lose or double something; then nothing has changed
    public String swap() {
        shadow.check();
        if (source == Source.OF_LIVE) {
            views.forEach(view -> checkLog(view, target(view)));
            near();
        }
        return new Swap(schema, database, shadow).run(live -> {
            if (source == Source.OF_LIVE) {
                follow(_ -> {});
                checkPositions(live);
            }
        }, source);
    }

    /// Follows the live views until little is left to apply while they wait.
    private void near() {
        for (int round = 0; round < Limits.ROUNDS_TO_SWAP; round++) {
            follow(_ -> {});
            long behind = views.stream().mapToLong(view -> {
                Map<TopicPartition, Long> to = target(view);
                Map<TopicPartition, Long> at = view.next(to.keySet());
                return to.entrySet().stream().mapToLong(end -> Math.max(0, end.getValue() - at.getOrDefault(end.getKey(), 0L))).sum();
            }).sum();
            if (behind <= Limits.BEHIND_AT_SWAP) {
                return;
            }
        }
    }

    /// Drops the shadow, and the schemas that earlier swaps have put aside.
    ///
    /// @return what was dropped
    public List<String> drop() {
        List<String> dropped = database.live()
                .sql("""
                select nspname from pg_namespace where nspname = :shadow or nspname ~ ('^' || :schema || '_before_\\d{14}$') order by nspname""")
                .param("shadow", schema.shadow()).param("schema", schema.schema()).query((row, _) -> row.getString(1)).list();
        dropped.forEach(name -> database.asOperator().sql("drop schema " + name + " cascade").update());
        return dropped;
    }

    @Override
    public void close() {
        log.close();
        lock.close();
    }
}
