package dev.sluice.log.follow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import dev.sluice.event.value.UserId;
import dev.sluice.log.Topic;
import dev.sluice.log.letter.DeadLetters;

import static dev.sluice.log.follow.RunningFollower.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What a view went on without stays left out where it stands: on a real Kafka and a real PostgreSQL.
@ExtendWith(SharedFollower.class)
class SetAsideRecordIT {
    private final RunningFollower at;

    SetAsideRecordIT(RunningFollower at) {
        this.at = at;
    }

    /// What came after it was decided without it, so a rebuild must decide without it, too, although nothing refuses it any more.
    @Test
    void aRebuildLeavesOutWhatWasSetAsideUntilItIsAppendedAgain() {
        at.append("poison");
        await().atMost(SOON).until(() -> at.paused("record_refused") == 1);
        at.append("A");
        await().atMost(SOON).until(() -> {
            at.passTime();
            return at.positions().equals(at.ends()) && at.letters().size() == 1;
        });
        at.jdbc().sql("alter table rows.record drop constraint record_key_check").update();

        at.stop();
        at.jdbc().sql("truncate rows.record, rows.position").update();
        at.restart();
        await().atMost(SOON).until(() -> at.positions().equals(at.ends()));
        assertThat(at.keys()).containsExactly("A");

        at.log().reappend(at.letters().getFirst(), new UserId("9"), "the constraint is gone");
        await().atMost(SOON).until(() -> at.keys().equals(List.of("A", "poison")));
    }

    /// No code knows which of both is right; an operator does.
    @Test
    void aContradictionPausesUntilAnOperatorHasItSetAside() {
        at.append("before");
        await().atMost(SOON).until(() -> at.keys().equals(List.of("before")));
        int assigned = at.view().assigned.get();
        at.append("contradiction", "contradiction");
        await().atMost(SOON).until(() -> at.paused("contradicts_log") == 1);
        for (int i = 0; i < 3; i++) {
            at.passTime();
            await().during(Duration.ofMillis(600)).atMost(SOON).until(() -> at.paused("contradicts_log") == 1);
        }
        assertThat(at.letters()).isEmpty();
        assertThat(at.view().assigned).as("it only tries again").hasValue(assigned);

        at.jdbc().sql("update rows.position set set_aside_up_to = 1 where partition = ?").param(at.partitionOf("contradiction")).update();
        at.passTime();

        await().atMost(SOON).until(() -> at.positions().equals(at.ends()));
        assertThat(at.paused("contradicts_log")).isZero();
        assertThat(at.letters()).hasSize(2).allMatch(letter -> letter.key().equals("contradiction"));
        assertThat(at.keys()).containsExactly("before");
    }

    @Test
    void readingTheLettersWarnsOfNothing() {
        Logger client = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients.consumer");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        client.addAppender(lines);
        try {
            at.anothersLetters(Map.of(), Clock.systemUTC()).read();
        } finally {
            client.detachAppender(lines);
        }

        assertThat(lines.list).filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("sluice-dead-letters")).isEmpty();
    }

    /// Many letters, or a slow broker: what was read in time is not read again.
    @Test
    void readingTheLettersGoesOnWhereItRanOutOfTime() {
        at.append("A");
        at.append("A");
        at.append("A");
        List<ConsumerRecord<String, byte[]>> records = at.written().records(Topic.EVENTS);
        records.forEach(record -> at.log().deadLetter(record, "rows: " + DeadLetters.REFUSED + "x"));
        AtomicInteger asked = new AtomicInteger();
        // Its time is over with the second question.
        InstantSource hasty = () -> Instant.EPOCH.plusSeconds(6L * asked.getAndIncrement());
        DeadLetters letters = at.anothersLetters(Map.of("max.poll.records", 1), hasty.withZone(ZoneOffset.UTC));

        await().atMost(SOON).ignoreExceptions().untilAsserted(letters::read);

        assertThat(records).hasSize(3).allMatch(record -> letters.knows("rows", false, record));
        assertThat(asked).as("in several turns").hasValueGreaterThan(8);
    }
}
