package dev.sluice.log.follow;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.log.Topic;

import static dev.sluice.log.follow.RunningFollower.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A follower reads no further than it can answer for: on a real Kafka and a real PostgreSQL.
@ExtendWith(RunningFollower.Shared.class)
class PausedPartitionIT {
    private final RunningFollower at;

    PausedPartitionIT(RunningFollower at) {
        this.at = at;
    }

    @BeforeEach
    void begin() {
        at.begin();
    }

    @AfterEach
    void end() {
        at.end();
    }

    @Test
    void aPositionBeyondTheEndOfTheLogPausesThePartitionUntilItIsWithin() {
        at.append("A");
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A")));
        at.stop();
        int partition = at.partitionOf("A");
        at.jdbc().sql("update rows.position set next_offset = 100 where partition = ?").param(partition).update();

        at.start();
        at.append("A", "B");

        await().atMost(SOON).until(() -> at.paused("ahead_of_log") == 1);
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "B")));
        at.jdbc().sql("update rows.position set next_offset = 1 where partition = ?").param(partition).update();
        at.passTime();
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "A", "B")));
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
        at.send("A", "{}",
                Map.of("ce_specversion", "1.0", "ce_type", "dev.sluice.Surprise.v1", "ce_id", "1", "ce_source", "/sluice/newer"));
        at.append("A", "B");

        await().atMost(SOON).until(() -> at.paused("newer_writer") == 1);
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "B")));

        assertThat(at.letters()).isEmpty();
        assertThat(at.positions().get(at.partitionOf("A"))).as("the position stands before it").isEqualTo(1);
    }
}
