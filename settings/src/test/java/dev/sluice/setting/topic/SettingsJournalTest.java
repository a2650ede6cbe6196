package dev.sluice.setting.topic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.event.setting.SettingsChanged;

import static org.assertj.core.api.Assertions.assertThat;

/// Which records count, without Kafka. `new` and `old` are two signatures that stand for two keys.
class SettingsJournalTest {
    private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);

    private final SettingsJournal journal = new SettingsJournal(
            (_, signature) -> Arrays.equals(signature, NEW) ? 0 : Arrays.equals(signature, OLD) ? 1 : -1);

    @Test
    void takesSignedChangesOfGrowingNumbers() {
        assertThat(journal.take(change("a", 1, NEW))).isPresent();
        assertThat(journal.take(change("b", 2, NEW))).isPresent();
        assertThat(journal.take(change("c", 7, NEW))).as("those between were signed by a key that is gone").isPresent();

        assertThat(journal.number()).isEqualTo(7);
        assertThat(journal.changes()).extracting(each -> each.id().substring(25)).containsExactly("C", "B", "A");
    }

    @Test
    void refusesWhatIsUnsignedOldOrTwice() {
        journal.take(change("a", 1, NEW));
        journal.take(change("b", 2, NEW));

        assertThat(journal.take(change("x", 3, "forged".getBytes(StandardCharsets.US_ASCII)))).isEmpty();
        assertThat(journal.take(change("x", 3, new byte[0]))).isEmpty();
        assertThat(journal.take(change("a", 1, NEW))).isEmpty();
        assertThat(journal.take(change("b", 2, NEW))).isEmpty();
        assertThat(journal.take(change("c", 2, NEW))).as("made at the same moment").isEmpty();
        assertThat(journal.take(record(null, NEW))).isEmpty();
        assertThat(journal.take(record("{}", NEW))).isEmpty();

        assertThat(journal.refused(RefusedRecord.WRONG_SIGNATURE)).isEqualTo(2);
        assertThat(journal.refused(RefusedRecord.OUTDATED)).isEqualTo(2);
        assertThat(journal.refused(RefusedRecord.OVERTAKEN)).isEqualTo(1);
        assertThat(journal.refused(RefusedRecord.TOMBSTONE)).isEqualTo(1);
        assertThat(journal.refused(RefusedRecord.UNREADABLE)).isEqualTo(1);
        assertThat(journal.number()).isEqualTo(2);
        assertThat(journal.isUnverified()).as("what counts is known").isFalse();
    }

    @Test
    void knowsThatAChangeIsDueThatTheFirstKeySigns() {
        assertThat(journal.isSignedByFirst()).as("nothing is set").isTrue();

        journal.take(change("a", 1, OLD));
        assertThat(journal.isSignedByFirst()).isFalse();

        journal.take(change("b", 2, NEW));
        assertThat(journal.isSignedByFirst()).isTrue();
    }

    @Test
    void isUnverifiedWhenRecordsAreThereAndNoneCounts() {
        assertThat(journal.isUnverified()).as("an empty topic").isFalse();

        journal.take(change("x", 1, new byte[0]));
        assertThat(journal.isUnverified()).isTrue();

        journal.take(change("a", 1, NEW));
        assertThat(journal.isUnverified()).isFalse();
    }

    @Test
    void forgetsWhatPrecedesTheLastChange() {
        journal.take(change("x", 1, new byte[0]));
        journal.take(change("a", 1, NEW));

        journal.forgetWhatPrecedesTheLastChange();

        assertThat(journal.refused(RefusedRecord.WRONG_SIGNATURE)).isZero();
        assertThat(journal.number()).isEqualTo(1);
    }

    /// The first change has the number 1: an earlier one is none, even if it is signed, and it must not end the reading.
    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aNumberBeforeTheFirstIsOutdated(long number) {
        assertThat(journal.take(change("a", number, NEW))).isEmpty();

        assertThat(journal.refused(RefusedRecord.OUTDATED)).isEqualTo(1);
        assertThat(journal.take(change("b", 1, NEW))).isPresent();
    }

    /// In whatever order records come, from whomever: numbers only grow, the last change counts, and each other record is counted.
    @Test
    void numbersOnlyGrow() {
        Random random = new Random(20_261_130);
        for (int run = 0; run < 50; run++) {
            var any = new SettingsJournal((_, signature) -> Arrays.equals(signature, NEW) ? 0 : Arrays.equals(signature, OLD) ? 1 : -1);
            int records = random.nextInt(1, 30);
            long counted = 0;
            long greatest = 0;
            for (int i = 0; i < records; i++) {
                byte[] signature = List.of(NEW, OLD, new byte[0]).get(random.nextInt(3));
                long number = random.nextInt(1, 10);
                boolean isGreater = number > greatest && signature.length > 0;

                assertThat(any.take(change(String.valueOf(random.nextInt(10)), number, signature)).isPresent()).isEqualTo(isGreater);

                greatest = isGreater ? number : greatest;
                counted += isGreater ? 1 : 0;
                assertThat(any.number()).isEqualTo(greatest);
            }
            assertThat(any.changes()).extracting(SettingsChanged::number).isSortedAccordingTo(Comparator.reverseOrder())
                    .doesNotHaveDuplicates().hasSize((int) counted);
            assertThat(Arrays.stream(RefusedRecord.values()).mapToLong(any::refused).sum()).isEqualTo(records - counted);
            assertThat(any.isUnverified()).isEqualTo(counted == 0);
        }
    }

    @Test
    void remembersFiveHundredChanges() {
        for (int i = 1; i <= 600; i++) {
            journal.take(change("a", i, NEW));
        }

        assertThat(journal.changes()).hasSize(500).first().satisfies(last -> assertThat(last.number()).isEqualTo(600));
    }

    private static ConsumerRecord<String, byte[]> change(String id, long number, byte[] signature) {
        String ulid = "01KAMHZ3V8Q2M4W6Y8B0D2F4H" + id.toUpperCase(Locale.ROOT);
        return record("""
                {"id":"%s","number":%d,"actor":"1","at":"2026-11-22T08:00:00Z","edits":[],"values":[]}""".formatted(ulid, number),
                signature);
    }

    private static ConsumerRecord<String, byte[]> record(@Nullable String json, byte[] signature) {
        var record = new ConsumerRecord<String, byte[]>("sluice.settings", 0, 0, "key",
                json == null ? null : json.getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_signature", Base64.getEncoder().encode(signature));
        return record;
    }
}
