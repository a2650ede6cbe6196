package dev.sluice.log.follow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static dev.sluice.log.follow.RunningFollower.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// A follower tells a bad record from a database that takes none: on a real Kafka and a real PostgreSQL.
@ExtendWith(RunningFollower.Shared.class)
class RefusedRecordIT {
    private final RunningFollower at;

    RefusedRecordIT(RunningFollower at) {
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
        at.log().reappend(at.letters().getFirst());
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
