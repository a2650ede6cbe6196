package dev.sluice.log.follow;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

import dev.sluice.log.Topic;
import dev.sluice.log.follow.FollowedPartition.Halt;
import dev.sluice.log.follow.FollowedPartition.LogEnd;
import dev.sluice.log.letter.DeadLetters;
import dev.sluice.log.position.Positions;
import dev.sluice.log.position.Positions.Position;

/// The partitions that a follower reads at the moment, each from the position that the view's database has for it.
final class Assignment implements ConsumerAwareRebalanceListener, Booking.Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final View view;
    private final Positions positions;
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final Map<TopicPartition, FollowedPartition> partitions = new ConcurrentHashMap<>();
    /// Those that were sent elsewhere since the poll that is being booked: what it brought of them is not wanted any more.
    private final Set<TopicPartition> sentElsewhere = new HashSet<>();
    private Instant nextLook = Instant.MIN;

    Assignment(View view, Positions positions, DeadLetters deadLetters, Clock clock) {
        this.view = view;
        this.positions = positions;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
        assigned.forEach(id -> {
            partitions.put(id, new FollowedPartition(id));
            // Anywhere, so that the consumer does not ask for a committed offset; nothing is read before the position is known.
            consumer.seek(id, 0);
        });
        place(consumer, Set.copyOf(assigned));
    }

    @Override
    public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
        revoked.forEach(partitions::remove);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> lost) {
        lost.forEach(partitions::remove);
    }

    /// Sends the partitions to the positions that the database has now.
    void place(Consumer<?, ?> consumer, Set<TopicPartition> ids) {
        if (ids.isEmpty()) {
            return;
        }
        try {
            positions.begin(ids);
            Map<TopicPartition, Position> stored = positions.find(ids);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(ids, Limits.OFFSETS_WITHIN);
            Map<TopicPartition, Long> ends = consumer.endOffsets(ids, Limits.OFFSETS_WITHIN);
            Set<TopicPartition> anew = new HashSet<>();
            ids.forEach(id -> {
                if (place(consumer, id, at(stored, id), begins.getOrDefault(id, 0L), ends.getOrDefault(id, 0L))) {
                    anew.add(id);
                }
            });
            if (!anew.isEmpty()) {
                deadLetters.read();
                view.assigned(anew);
            }
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("view", view.name()).addKeyValue("why", e.toString()).log("position not known, trying again");
            ids.forEach(id -> lose(consumer, id));
        }
    }

    private static Position at(Map<TopicPartition, Position> positions, TopicPartition id) {
        return positions.getOrDefault(id, Position.NONE);
    }

    private void lose(Consumer<?, ?> consumer, TopicPartition id) {
        follow(id).lose(clock.instant().plus(Limits.BETWEEN_TRIES));
        stop(consumer, Set.of(id));
    }

    /// @return whether reading begins anew
    private boolean place(Consumer<?, ?> consumer, TopicPartition id, Position position, long begin, long end) {
        FollowedPartition partition = follow(id);
        partition.setAsideUpTo(position.setAsideUpTo());
        long next = position.next();
        if (position.isAheadOfLog()) {
            pauseAheadOfLog(consumer, id, position);
        } else if (next < begin && keptForEver(id)) {
            pause(consumer, id, new Halt(next, PauseReason.LOG_LOST_FACTS,
                    "the position is " + next + ", the log begins at " + begin));
        } else if (next >= begin && (next > end || partition.logEnd().isCutBefore(next))) {
            return beyondTheEnd(consumer, id, position, end);
        } else {
            if (next < begin) {
                positions.move(Map.of(id, begin));
            }
            release(id, position);
            return start(consumer, id, Math.max(next, begin), end);
        }
        return false;
    }

    private void release(TopicPartition id, Position position) {
        if (position.logEnd() != null) {
            positions.release(Set.of(id));
            follow(id).setAsideUpTo(null);
        }
    }

    private boolean start(Consumer<?, ?> consumer, TopicPartition id, long at, long end) {
        boolean wasPaused = follow(id).paused() != null;
        boolean anew = follow(id).start(at, end);
        reportEndOfPause(id, wasPaused);
        consumer.seek(id, at);
        consumer.resume(Set.of(id));
        sentElsewhere.add(id);
        return anew;
    }

    private boolean beyondTheEnd(Consumer<?, ?> consumer, TopicPartition id, Position position, long end) {
        LogEnd logEnd = follow(id).logEnd();
        logEnd.see(end, clock.instant());
        if (!logEnd.isCertain(clock.instant())) {
            lose(consumer, id);
        } else if (id.topic().equals(Topic.WATCH.topicName())) {
            // A topic that was created again, and holds nothing that counts.
            positions.moveToEnd(Map.of(id, end));
            follow(id).setAsideUpTo(null);
            return start(consumer, id, end, end);
        } else {
            long cut = logEnd.before(position.next());
            // What an earlier cut left there is over.
            release(id, position);
            positions.halt(Map.of(id, cut));
            // The position knows it from now on, and an operator ends it there.
            logEnd.forget();
            pauseAheadOfLog(consumer, id, new Position(position.next(), cut, null));
        }
        return false;
    }

    private void pauseAheadOfLog(Consumer<?, ?> consumer, TopicPartition id, Position position) {
        pause(consumer, id, new Halt(position.next(), PauseReason.AHEAD_OF_LOG,
                "the position is " + position.next() + ", the log ended at " + position.logEnd()));
    }

    /// The broker does not have what was to be read next.
    void logWasCut(Consumer<?, ?> consumer, InvalidOffsetException e) {
        Map<TopicPartition, OffsetAndMetadata> common = e instanceof LogTruncationException cut ? cut.divergentOffsets() : Map.of();
        e.partitions().forEach(id -> {
            OffsetAndMetadata end = common.get(id);
            follow(id).logEnd().refuse(end == null ? null : Long.valueOf(end.offset()));
        });
        place(consumer, Set.copyOf(e.partitions()));
    }

    private static boolean keptForEver(TopicPartition id) {
        return Set.of(Topic.values()).stream().anyMatch(topic -> topic.topicName().equals(id.topic()) && topic.retention().isEmpty());
    }

    /// Reads no further in a partition for a while.
    void pause(Consumer<?, ?> consumer, TopicPartition id, Halt halt) {
        boolean news = follow(id).pause(halt, clock.instant().plus(Limits.PAUSED_FOR));
        stop(consumer, Set.of(id));
        if (news) {
            LOG.atError().addKeyValue("view", view.name()).addKeyValue("partition", id).addKeyValue("offset", halt.offset())
                    .addKeyValue("reason", halt.reason().label()).addKeyValue("why", halt.why()).log("view paused");
        }
    }

    private void stop(Consumer<?, ?> consumer, Set<TopicPartition> ids) {
        consumer.pause(ids);
        sentElsewhere.addAll(ids);
    }

    private FollowedPartition follow(TopicPartition id) {
        return partitions.computeIfAbsent(id, FollowedPartition::new);
    }

    private Set<TopicPartition> select(Predicate<FollowedPartition> wanted) {
        return partitions.values().stream().filter(wanted).map(FollowedPartition::id).collect(Collectors.toSet());
    }

    /// A poll begins to be booked.
    void begin() {
        sentElsewhere.clear();
    }

    /// Whether the poll's records of a partition are still wanted.
    boolean wants(TopicPartition id) {
        return partitions.containsKey(id) && !sentElsewhere.contains(id);
    }

    @Override
    public long from(TopicPartition id) {
        return follow(id).from();
    }

    @Override
    public boolean setsAside(TopicPartition id, long offset) {
        return follow(id).setsAside(offset);
    }

    /// Partitions are booked up to here.
    void book(Map<TopicPartition, Long> ends) {
        Set<TopicPartition> anew = new HashSet<>();
        ends.forEach((id, end) -> {
            boolean wasPaused = follow(id).paused() != null;
            if (follow(id).book(end)) {
                anew.add(id);
            }
            reportEndOfPause(id, wasPaused);
        });
        if (!anew.isEmpty()) {
            view.assigned(anew);
        }
    }

    private void reportEndOfPause(TopicPartition id, boolean wasPaused) {
        if (wasPaused && follow(id).paused() == null) {
            LOG.atInfo().addKeyValue("view", view.name()).addKeyValue("partition", id).log("view goes on after a pause");
        }
    }

    /// The database is behind what was read: reads again from where it is.
    void wentBack(Consumer<?, ?> consumer, Set<TopicPartition> ids) {
        if (!ids.isEmpty()) {
            LOG.atWarn().addKeyValue("view", view.name()).addKeyValue("partitions", ids)
                    .log("the database went back in time: reading again from its position");
            place(consumer, ids);
        }
    }

    /// Records come again from there.
    void again(Consumer<?, ?> consumer, Map<TopicPartition, Long> offsets) {
        offsets.forEach((id, offset) -> {
            follow(id).goBack(offset);
            consumer.seek(id, offset);
        });
    }

    /// What is to do between polls: partitions that have a time to be tried again, a database that went back while no records came, and
    /// partitions that have caught up.
    void tick(Consumer<?, ?> consumer) {
        Instant now = clock.instant();
        place(consumer, select(partition -> partition.due(now)));
        if (now.isAfter(nextLook)) {
            nextLook = now.plus(Limits.BETWEEN_LOOKS);
            look(consumer, select(FollowedPartition::reads));
        }
        Set<TopicPartition> caughtUp = select(FollowedPartition::catchesUp);
        if (!caughtUp.isEmpty()) {
            view.caughtUp(caughtUp);
            caughtUp.forEach(id -> follow(id).caughtUp());
        }
    }

    private void look(Consumer<?, ?> consumer, Set<TopicPartition> reading) {
        if (!reading.isEmpty()) {
            Map<TopicPartition, Position> stored = positions.find(reading);
            wentBack(consumer, select(partition -> reading.contains(partition.id())
                    && at(stored, partition.id()).next() < partition.from()));
        }
    }

    /// How many partitions are paused for a reason.
    int paused(PauseReason reason) {
        return (int) partitions.values().stream().filter(partition -> partition.paused() == reason).count();
    }
}
