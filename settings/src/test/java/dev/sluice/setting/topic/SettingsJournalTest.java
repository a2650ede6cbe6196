package dev.sluice.setting.topic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
