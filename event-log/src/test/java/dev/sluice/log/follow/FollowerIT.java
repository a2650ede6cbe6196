package dev.sluice.log.follow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.Topic;
import dev.sluice.log.position.Positions;
import dev.sluice.testing.BesideOthers;

import static dev.sluice.log.follow.RunningFollower.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A follower keeps its view and its position together: on a real Kafka and a real PostgreSQL.
@BesideOthers
@ExtendWith(SharedFollower.class)
class FollowerIT {
    private final RunningFollower at;

    FollowerIT(RunningFollower at) {
        this.at = at;
    }

    @Test
    void movesThePositionWithTheRowsAndCatchesUp() {
        at.append("A", "B", "C");

        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "B", "C")));

        assertThat(at.positions()).isEqualTo(at.ends());
        await().atMost(SOON).until(() -> at.view().caughtUp.size() == RunningFollower.PARTITIONS);
        await().atMost(SOON).until(() -> at.meters().get("sluice.view.lag").gauge().value() == 0);
    }

    /// A standby without the last rows was promoted, or a backup was restored; also of partitions that bring nothing new.
    @Test
    void aDatabaseThatWentBackInTimeIsMadeGood() {
        at.append("A", "B");
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "B")));
        at.jdbc().sql("create table rows.saved_record as table rows.record").update();
        at.jdbc().sql("create table rows.saved_position as table rows.position").update();
        at.append("A", "C", "D");
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "A", "B", "C", "D")));

        at.transaction().executeWithoutResult(_ -> {
            at.jdbc().sql("truncate rows.record, rows.position").update();
            at.jdbc().sql("insert into rows.record table rows.saved_record").update();
            at.jdbc().sql("insert into rows.position table rows.saved_position").update();
        });
        at.append("C");

        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "A", "B", "C", "C", "D")));
        assertThat(at.positions()).isEqualTo(at.ends());
    }

    /// What a topic keeps for a while only is not missed when its time is over.
    @Test
    void aTopicThatForgetsIsFollowedFromWhereItBegins() {
        for (int i = 0; i < 3; i++) {
            at.log().append(new OrderWatched(new TradeNumber("W"), Instant.parse("2026-11-22T08:00:00Z")));
        }
        int partition = at.written().records(Topic.WATCH).getFirst().partition();
        at.deleteBefore(Topic.WATCH, partition, 2);
        at.stop();

        at.use(Topic.WATCH, Map.of());
        at.start();

        await().atMost(SOON).until(() -> at.keys().equals(List.of("W")));
        assertThat(at.jdbc().sql("select next_offset from rows.position where topic = 'sluice.watch' and partition = ?").param(partition)
                .query(Long.class).single()).isEqualTo(3);
    }

    /// What this instance read is booked by another one meanwhile; and the other way round.
    @Test
    void aZombieAndTheNewOwnerDoNoHarm() {
        var positions = new Positions(at.jdbc(), at.view().name(), at.view().schema());
        var zombie = at.anotherBooking();
        at.append("A");
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A")));
        TopicPartition partition = new TopicPartition("sluice.events", at.partitionOf("A"));
        var old = at.written().records(Topic.EVENTS);
        at.append("A", "A");
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "A", "A")));

        var late = zombie.book(batch(old), from(0));
        assertThat(late.wentBack()).isEmpty();
        assertThat(positions.find(List.of(partition))).as("it moves nothing back").extractingByKey(partition)
                .extracting(Positions.Position::next).isEqualTo(3L);

        var all = at.written().records(Topic.EVENTS);
        at.append("A");
        await().atMost(SOON).until(() -> at.keys().size() == 4);
        zombie.book(batch(all), from(0));
        assertThat(positions.find(List.of(partition))).extractingByKey(partition).extracting(Positions.Position::next).isEqualTo(4L);
        assertThat(zombie.book(batch(all), from(5)).wentBack()).as("ahead of the position").containsExactly(partition);
        assertThat(at.keys()).hasSize(4);
    }

    /// Partitions change hands while records come.
    @Test
    void twoInstancesApplyEverythingBetweenThem() {
        List<String> keys = IntStream.range(0, 300).mapToObj(i -> "K%03d".formatted(i)).toList();
        at.append(keys.subList(0, 100).toArray(String[]::new));
        Followers another = at.anotherInstance();
        another.start();
        for (int i = 100; i < 200; i++) {
            at.append(keys.get(i));
        }
        await().atMost(SOON).until(() -> at.keys().equals(keys.subList(0, 200)));
        another.stop();
        at.append(keys.subList(200, 300).toArray(String[]::new));

        await().atMost(SOON).until(() -> at.keys().equals(keys));
        assertThat(at.positions()).isEqualTo(at.ends());
    }

    @Test
    void afterAFailureTheRecordsComeAgainInSmallerNumbers() {
        at.stop();
        at.append(IntStream.range(0, 100).mapToObj(i -> "K%02d".formatted(i)).toArray(String[]::new));
        at.view().sizes.clear();
        at.view().afterwards = records -> {
            if (records.size() > 30) {
                throw new IllegalStateException("too many for a slow disk");
            }
        };

        at.start();

        await().atMost(SOON).until(() -> at.positions().equals(at.ends()) && at.view().sizes.getLast() <= 30
                && at.view().sizes.stream().filter(size -> size <= 30).mapToInt(Integer::intValue).sum() >= 100);
        assertThat(at.view().sizes).anyMatch(size -> size > 30);
        assertThat(at.keys()).hasSize(100);
    }

    private static Batch batch(List<ConsumerRecord<String, byte[]>> records) {
        return Batch.of(records, false, _ -> false);
    }

    private static Booking.Reading from(long offset) {
        return new Booking.Reading() {
            @Override
            public long from(TopicPartition partition) {
                return offset;
            }

            @Override
            public boolean setsAside(TopicPartition partition, long place) {
                return false;
            }
        };
    }
}
