package dev.sluice.log.follow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.event.value.UserId;
import dev.sluice.log.Topic;
import dev.sluice.testing.BesideOthers;

import static dev.sluice.log.follow.RunningFollower.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A follower tells a bad record from a database that takes none: on a real Kafka and a real PostgreSQL.
@BesideOthers
@ExtendWith(SharedFollower.class)
class RefusedRecordIT {
    private final RunningFollower at;

    RefusedRecordIT(RunningFollower at) {
        this.at = at;
    }

    @Test
    void whatNoVersionCanReadIsSetAsideOnceHoweverOftenTheDatabaseFails() throws Exception {
        at.jdbc().sql("alter table rows.position rename to away").update();
        at.send("A", "rubbish", Map.of());
        at.append("A");
        Thread.sleep(3500);
        assertThat(at.letters()).isEmpty();

        at.jdbc().sql("alter table rows.away rename to position").update();

        await().atMost(SOON).until(() -> at.keys().equals(List.of("A")));
        assertThat(at.letters()).singleElement().satisfies(letter -> assertThat(letter.value()).asString().isEqualTo("rubbish"));
        assertThat(at.meters().get("sluice.dead.letters").counter().count()).isEqualTo(1);
    }

    /// The transaction is rolled back, and must not commit past the record when it comes again.
    @Test
    void aLetterThatTheLogDoesNotTakeIsAppendedWhenTheBatchComesAgain() throws Exception {
        at.stop();
        at.limitRecords(Topic.DEAD_LETTERS, 1);
        at.send("A", "rubbish", Map.of());
        at.append("A");
        at.start();
        Thread.sleep(3500);
        assertThat(at.letters()).isEmpty();
        assertThat(at.keys()).as("nothing is booked past a letter that is not in the log").isEmpty();

        at.limitRecords(Topic.DEAD_LETTERS, 1_000_000);

        await().atMost(SOON).until(() -> at.keys().equals(List.of("A")));
        assertThat(at.letters()).singleElement().satisfies(letter -> assertThat(letter.value()).asString().isEqualTo("rubbish"));
        assertThat(at.meters().get("sluice.dead.letters").counter().count()).isEqualTo(1);
    }

    /// The letter is in the log, so the alert must fire.
    @Test
    void aLetterIsCountedWhenTheCommitAfterItFails() throws Exception {
        at.jdbc().sql("""
                create function rows.fail() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$;
                create constraint trigger fail after insert on rows.record deferrable initially deferred
                    for each row execute function rows.fail();""").update();
        at.stop();
        at.send("A", "rubbish", Map.of());
        at.append("A");
        at.start();
        await().atMost(SOON).until(() -> at.letters().size() == 1);

        at.jdbc().sql("drop trigger fail on rows.record").update();

        await().atMost(SOON).until(() -> at.keys().equals(List.of("A")));
        assertThat(at.letters()).hasSize(1);
        assertThat(at.meters().get("sluice.dead.letters").counter().count()).isEqualTo(1);
    }

    /// Each of them looks like a record's own fault; so many do not.
    @Test
    void moreThanTwentyInAnHourPauseThePartition() {
        appendTwelvePoisonsAmongOthers();
        await().atMost(SOON).until(() -> at.letters().size() == 12 && at.positions().equals(at.ends()));

        appendTwelvePoisonsAmongOthers();
        await().atMost(SOON).until(() -> at.paused("many_refused") == 1);
        assertThat(at.letters()).hasSize(12);

        IntStream.rangeClosed(0, 360).forEach(_ -> at.passTime());
        await().atMost(SOON).until(() -> at.letters().size() == 24 && at.positions().equals(at.ends()));
    }

    /// In one poll, and in one partition.
    private void appendTwelvePoisonsAmongOthers() {
        int partition = BuiltInPartitioner.partitionForKey("poison".getBytes(StandardCharsets.UTF_8), RunningFollower.PARTITIONS);
        String other = inDistinctPartitions("other", partition, partition + 1).getFirst();
        at.stop();
        at.append(IntStream.range(0, 12 * 13).mapToObj(i -> i % 13 == 0 ? "poison" : other).toArray(String[]::new));
        at.start();
    }

    @Test
    void aPoisonRecordStandsAloneAndComesBackByItsDeadLetter() {
        List<String> keys = new ArrayList<>(IntStream.range(0, 60).mapToObj(i -> "K%02d".formatted(i)).toList());
        at.stop();
        at.append(keys.toArray(String[]::new));
        at.append("poison");
        at.append("poison-not", "Z");
        at.jdbc().sql("alter table rows.record drop constraint record_key_check, add check (key <> 'poison')").update();

        at.start();

        keys.addAll(List.of("Z", "poison-not"));
        await().atMost(SOON).until(() -> at.keys().equals(keys));
        assertThat(at.letters()).singleElement().satisfies(letter -> assertThat(letter.key()).isEqualTo("poison"));
        assertThat(at.positions()).isEqualTo(at.ends());

        at.jdbc().sql("alter table rows.record drop constraint record_key_check").update();
        at.log().reappend(at.letters().getFirst(), new UserId("9"), "the constraint is gone");
        keys.add("poison");
        await().atMost(SOON).until(() -> at.keys().equals(keys.stream().sorted().toList()));
    }

    /// Nothing shows yet whether the record or the database is to blame, so it waits; the next of its kind shows it.
    @Test
    void aRefusedRecordWaitsUntilAnotherOfItsKindGoesThrough() {
        at.append("poison");
        await().atMost(SOON).until(() -> at.paused("record_refused") == 1);
        assertThat(at.letters()).isEmpty();

        at.append("A");
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A")));
        at.passTime();

        await().atMost(SOON).until(() -> at.letters().size() == 1);
        await().atMost(SOON).until(() -> at.paused("record_refused") == 0);
        assertThat(at.positions()).isEqualTo(at.ends());
    }

    /// One bad record in each of several partitions, and none of its kind behind it.
    @Test
    void severalLoneRefusedRecordsWaitUntilAsManyOthersGoThrough() {
        List<String> poisons = inDistinctPartitions("poison", 0, 4);
        at.stop();
        at.append(poisons.toArray(String[]::new));
        at.start();
        await().atMost(SOON).until(() -> at.paused("many_refused") + at.paused("record_refused") == 4);
        assertThat(at.letters()).isEmpty();

        List<String> others = inDistinctPartitions("other", 4, 8);
        at.append(others.toArray(String[]::new));
        await().atMost(SOON).until(() -> at.keys().size() == 4);

        await().atMost(SOON).until(() -> {
            at.passTime();
            return at.positions().equals(at.ends());
        });
        assertThat(at.letters().stream().map(ConsumerRecord::key)).containsExactlyInAnyOrderElementsOf(poisons);
    }

    private static List<String> inDistinctPartitions(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(partition -> IntStream.iterate(0, i -> i + 1).mapToObj(i -> prefix + i)
                .filter(key -> BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8),
                        RunningFollower.PARTITIONS) == partition)
                .findFirst().orElseThrow()).toList();
    }

    /// No other of its kind may ever come.
    @Test
    void anOperatorHasARefusedRecordSetAside() {
        at.append("poison");
        await().atMost(SOON).until(() -> at.paused("record_refused") == 1);

        at.jdbc().sql("update rows.position set set_aside_up_to = 0 where partition = ?").param(at.partitionOf("poison")).update();
        at.passTime();

        await().atMost(SOON).until(() -> at.letters().size() == 1);
        await().atMost(SOON).until(() -> at.paused("record_refused") == 0);
        assertThat(at.positions()).isEqualTo(at.ends());
    }

    /// The view reads the same records again, and the log has their dead letters.
    @Test
    void aRebuildWritesNoDeadLetterAgain() throws Exception {
        at.send("A", "rubbish", Map.of());
        at.append("poison");
        await().atMost(SOON).until(() -> at.paused("record_refused") == 1);
        at.append("A", "B", "C");
        await().atMost(SOON).until(() -> {
            at.passTime();
            return at.positions().equals(at.ends()) && at.letters().size() == 2;
        });

        at.stop();
        at.jdbc().sql("truncate rows.record, rows.position").update();
        at.restart();
        await().atMost(SOON).until(() -> {
            at.passTime();
            return at.positions().equals(at.ends());
        });

        assertThat(at.keys()).containsExactly("A", "B", "C");
        assertThat(at.letters()).hasSize(2);
        assertThat(at.meters().get("sluice.dead.letters").counter().count()).as("new ones").isZero();
    }

    /// What a view does after the commit may fail for long, and the batch comes again each time.
    @Test
    void aBatchThatComesAgainWritesNoDeadLetterAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        at.view().afterwards = _ -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the log takes nothing");
            }
        };
        at.stop();
        at.send("A", "rubbish", Map.of());
        at.append("A");
        at.start();

        await().atMost(SOON).until(() -> failures.get() < 0);
        assertThat(at.letters()).hasSize(1);
    }

    /// A newer instance's migration is ahead of this code: it takes nothing, and nothing is the records' fault.
    @Test
    void aDatabaseThatRefusesAllPausesAndSetsNothingAside() {
        at.jdbc().sql("alter table rows.record add column later integer not null").update();
        List<String> keys = IntStream.range(0, 40).mapToObj(i -> "K%02d".formatted(i)).toList();
        at.append(keys.toArray(String[]::new));
        await().atMost(SOON).until(() -> at.paused("many_refused") + at.paused("record_refused") > 0);

        at.jdbc().sql("alter table rows.record drop column later").update();
        at.passTime();

        await().atMost(SOON).until(() -> at.keys().equals(keys));
        assertThat(at.letters()).isEmpty();
        await().atMost(SOON).until(() -> at.paused("many_refused") + at.paused("record_refused") == 0);
    }
}
