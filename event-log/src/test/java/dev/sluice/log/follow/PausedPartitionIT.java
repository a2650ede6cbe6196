package dev.sluice.log.follow;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.event.OrderWatched;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.Topic;

import static dev.sluice.log.follow.RunningFollower.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A follower reads no further than it can answer for: on a real Kafka and a real PostgreSQL.
@ExtendWith(SharedFollower.class)
class PausedPartitionIT {
    private final RunningFollower at;

    PausedPartitionIT(RunningFollower at) {
        this.at = at;
    }

    /// The log was cut, and grows again past the position: what is written in between must not be skipped.
    @Test
    void aLogThatLostRecordsPausesThePartitionUntilAnOperatorDecides() {
        at.append("A", "A", "A");
        await().atMost(SOON).until(() -> at.keys().size() == 3);
        at.stop();
        at.jdbc().sql("update rows.position set next_offset = 5, set_aside_up_to = 4 where partition = ?").param(at.partitionOf("A"))
                .update();

        at.start();
        await().atMost(SOON).until(() -> at.paused("ahead_of_log") == 1);
        at.append("B");
        await().atMost(SOON).until(() -> at.keys().contains("B"));
        at.append("A", "A", "A", "A");
        assertStaysPaused();
        at.restart();
        await().atMost(SOON).until(() -> at.paused("ahead_of_log") == 1);
        assertStaysPaused();

        at.jdbc().sql("update rows.position set next_offset = log_end where next_offset > log_end").update();
        at.passTime();
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "A", "A", "A", "A", "A", "A", "B")));
        assertThat(at.paused("ahead_of_log")).isZero();
        assertThat(at.jdbc().sql("select count(*) from rows.position where log_end is not null or set_aside_up_to is not null")
                .query(Long.class).single()).as("what was meant for the log before").isZero();
    }

    @Test
    void aLogThatIsReplacedWhileItIsFollowedPausesThePartition() throws Exception {
        at.append("A", "A", "A");
        await().atMost(SOON).until(() -> at.keys().size() == 3);

        at.recreate(Topic.EVENTS);

        await().atMost(SOON).until(() -> at.paused("ahead_of_log") == 1);
        at.append("A", "A", "A", "A", "A");
        assertStaysPaused();
    }

    /// The broker reports it, at a moment when the log has grown past the position already.
    @Test
    void aLogThatWasCutWhileItIsFollowedPausesThePartitionAtOnce() {
        at.append("A", "A", "A");
        await().atMost(SOON).until(() -> at.keys().size() == 3);
        TopicPartition partition = new TopicPartition("sluice.events", at.partitionOf("A"));

        at.faults().failNextPoll(new LogTruncationException("cut", Map.of(partition, 3L), Map.of(partition, new OffsetAndMetadata(1))));

        await().atMost(SOON).until(() -> at.paused("ahead_of_log") == 1);
        assertThat(at.jdbc().sql("select log_end from rows.position where partition = ?").param(partition.partition())
                .query(Long.class).single()).isEqualTo(1);
        at.append("A", "A");
        assertStaysPaused();
    }

    @Test
    void anOffsetThatTheLogDoesNotHavePausesThePartitionAtOnce() {
        at.append("A", "A", "A");
        await().atMost(SOON).until(() -> at.keys().size() == 3);
        TopicPartition partition = new TopicPartition("sluice.events", at.partitionOf("A"));

        at.faults().failNextPoll(new OffsetOutOfRangeException(Map.of(partition, 3L)));

        await().atMost(SOON).until(() -> at.paused("ahead_of_log") == 1);
        at.append("A", "A");
        assertStaysPaused();

        at.jdbc().sql("update rows.position set next_offset = least(next_offset, log_end) where log_end is not null").update();
        at.passTime();
        await().atMost(SOON).until(() -> at.keys().stream().filter("A"::equals).count() == 5);
        assertThat(at.paused("ahead_of_log")).isZero();
    }

    private void assertStaysPaused() {
        at.passTime();
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(at.paused("ahead_of_log")).isEqualTo(1);
        assertThat(at.keys().stream().filter("A"::equals)).as("nothing is skipped").hasSize(3);
    }

    /// Right after its leader changed, a partition may seem shorter than it is.
    @Test
    void anEndThatIsReportedTooEarlyForAMomentIsNotBelieved() {
        at.append("A", "A");
        await().atMost(SOON).until(() -> at.keys().size() == 2);
        at.faults().reportShortEnds(2);
        at.restart();
        at.append("A");

        await().atMost(SOON).until(() -> at.keys().size() == 3);
        assertThat(at.faults().areOver()).isTrue();
        assertThat(at.paused("ahead_of_log")).isZero();
        assertThat(at.jdbc().sql("select count(*) from rows.position where log_end is not null").query(Long.class).single()).isZero();
    }

    @Test
    void aTopicThatHoldsNothingThatCountsIsFollowedFromItsEnd() throws Exception {
        at.stop();
        at.use(Topic.WATCH, Map.of());
        at.start();
        at.log().append(new OrderWatched(new TradeNumber("W"), Instant.parse("2026-11-22T08:00:00Z")));
        await().atMost(SOON).until(() -> at.keys().equals(List.of("W")));
        at.stop();
        at.jdbc().sql("update rows.position set next_offset = 100").update();

        at.start();
        await().atMost(SOON).until(() -> at.jdbc().sql("select count(*) from rows.position where next_offset = 100").query(Long.class)
                .single() == 0);
        at.log().append(new OrderWatched(new TradeNumber("W"), Instant.parse("2026-11-22T08:00:00Z")));

        await().atMost(SOON).until(() -> at.keys().equals(List.of("W", "W")));
        assertThat(at.paused("ahead_of_log")).isZero();
    }

    @Test
    void factsThatTheLogLostPauseThePartition() {
        at.append("A", "A", "A");
        await().atMost(SOON).until(() -> at.keys().size() == 3);
        at.stop();
        at.deleteBefore(Topic.EVENTS, at.partitionOf("A"), 2);
        at.jdbc().sql("truncate rows.position, rows.record").update();

        at.start();

        await().atMost(SOON).until(() -> at.paused("log_lost_facts") == 1);
        assertThat(at.keys()).isEmpty();
    }

    /// The consumer is far behind, and asks for what the log does not have any more.
    @Test
    void aLogThatLosesRecordsWhileItIsFollowedPausesThePartition() {
        at.stop();
        for (int i = 0; i < 8; i++) {
            at.append("A");
        }
        int partition = at.partitionOf("A");
        at.use(Topic.EVENTS, Map.of("max.partition.fetch.bytes", 1, "fetch.max.bytes", 1));
        at.view().afterwards = _ -> {
            at.view().afterwards = _ -> {};
            at.deleteBefore(Topic.EVENTS, partition, 6);
        };

        at.start();

        await().atMost(SOON).until(() -> at.paused("log_lost_facts") == 1);
        assertThat(at.keys()).hasSizeLessThan(6);
    }

    @Test
    void aNewerWritersRecordPausesItsPartitionAndIsNotSetAside() throws Exception {
        at.append("A");
        sendNewer("A");
        at.append("A", "B");

        await().atMost(SOON).until(() -> at.paused("newer_writer") == 1);
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "B")));

        assertThat(at.letters()).isEmpty();
        assertThat(at.positions().get(at.partitionOf("A"))).as("the position stands before it").isEqualTo(1);
    }

    /// A view that appends what it has booked must not wait behind such a record for ever, nor be told again and again.
    @Test
    void aPartitionThatIsPausedAtARecordHasCaughtUpToIt() throws Exception {
        at.stop();
        at.append("A");
        sendNewer("A");
        at.append("A");
        int partition = at.partitionOf("A");

        at.start();
        await().atMost(SOON).until(() -> at.view().caughtUp.size() == RunningFollower.PARTITIONS);
        int assigned = at.view().assigned.get();
        at.passTime();
        Thread.sleep(1500);
        assertThat(at.view().assigned).as("it only tries again").hasValue(assigned);

        at.jdbc().sql("update rows.position set set_aside_up_to = 1 where partition = ?").param(partition).update();
        at.passTime();
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "A")));
        await().atMost(SOON).until(() -> at.view().caughtUp.size() == RunningFollower.PARTITIONS);
        assertThat(at.view().assigned).as("what comes behind it is not new").hasValue(assigned + 1);
        assertThat(at.letters()).singleElement().satisfies(letter -> assertThat(letter.key()).isEqualTo("A"));

        at.stop();
        at.jdbc().sql("truncate rows.record, rows.position").update();
        at.restart();
        await().atMost(SOON).until(() -> at.positions().equals(at.ends()));
        assertThat(at.letters()).as("a rebuild does not ask the operator again").hasSize(1);
    }

    /// The other view's app is newer, and reads it.
    @Test
    void anotherViewsDeadLetterDoesNotMakeThisOneSkipWhatItCannotReadYet() throws Exception {
        at.stop();
        sendNewer("A");
        at.append("A");
        at.log().deadLetter(at.written().records(Topic.EVENTS).getFirst(), "other: the database refuses it: no");
        at.log().deadLetter(at.written().records(Topic.EVENTS).getFirst(), "third: unknown type");

        at.start();

        await().atMost(SOON).until(() -> at.paused("newer_writer") == 1);
        assertThat(at.keys()).isEmpty();
    }

    /// Such a view has no letters of its own for what it cannot read.
    @Test
    void aViewThatSetsNothingAsideSkipsWhatAnotherViewCouldNotReadEither() throws Exception {
        at.stop();
        at.view().setsAsideUnreadable = false;
        sendNewer("A");
        at.append("A");
        at.log().deadLetter(at.written().records(Topic.EVENTS).getFirst(), "other: the database refuses it: no");
        at.start();
        await().atMost(SOON).until(() -> at.paused("newer_writer") == 1);

        at.log().deadLetter(at.written().records(Topic.EVENTS).getFirst(), "third: unknown type");
        at.passTime();

        await().atMost(SOON).until(() -> at.keys().equals(List.of("A")));
    }

    /// A record of a version that does not exist yet.
    private void sendNewer(String key) throws Exception {
        at.send(key, "{}",
                Map.of("ce_specversion", "1.0", "ce_type", "dev.sluice.Surprise.v1", "ce_id", "1", "ce_source", "/sluice/newer"));
    }
}
