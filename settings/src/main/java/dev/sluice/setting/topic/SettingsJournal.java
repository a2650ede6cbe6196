package dev.sluice.setting.topic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntBiFunction;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.log.EventCodec;
import dev.sluice.log.SignedSettings;

/// Decides which records of the topic count: those that are signed, each with a greater number than the one before. The last of them
/// counts. Everything else is counted, and logged once for each reason until the next change.
///
/// One thread at a time may give it records; any may read the counts.
public final class SettingsJournal {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsJournal.class);
    /// As many are remembered; the topic keeps them all.
    private static final int CHANGES = 500;

    private final ToIntBiFunction<byte[], byte[]> signers;
    private final Deque<SettingsChanged> changes = new ArrayDeque<>();
    private final Map<RefusedRecord, AtomicLong> refused = new EnumMap<>(RefusedRecord.class);
    private final Set<RefusedRecord> logged = EnumSet.noneOf(RefusedRecord.class);
    private volatile long number;
    private volatile boolean signedByFirst = true;

    /// @param signers which key has signed the first by the second, from 0 on; negative when none has
    public SettingsJournal(ToIntBiFunction<byte[], byte[]> signers) {
        this.signers = signers;
        for (RefusedRecord why : RefusedRecord.values()) {
            refused.put(why, new AtomicLong());
        }
    }

    /// A record as it was read.
    ///
    /// @return the change, when it counts
    public Optional<SettingsChanged> take(ConsumerRecord<String, byte[]> record) {
        Optional<SignedSettings> signed = EventCodec.readSigned(record);
        if (signed.isEmpty()) {
            return refuse(record, RefusedRecord.TOMBSTONE);
        }
        int signer = signers.applyAsInt(signed.get().content(), signed.get().signature());
        if (signer < 0) {
            return refuse(record, RefusedRecord.WRONG_SIGNATURE);
        }
        Optional<SettingsChanged> change = signed.get().change();
        if (change.isEmpty()) {
            return refuse(record, RefusedRecord.UNREADABLE);
        }
        if (change.get().number() <= number) {
            boolean replayed = change.get().number() < number || changes.isEmpty()
                    || changes.getFirst().id().equals(change.get().id());
            return refuse(record, replayed ? RefusedRecord.OUTDATED : RefusedRecord.OVERTAKEN);
        }
        number = change.get().number();
        signedByFirst = signer == 0;
        changes.addFirst(change.get());
        if (changes.size() > CHANGES) {
            changes.removeLast();
        }
        logged.clear();
        return change;
    }

    /// A record does not count. It is counted for the reason.
    ///
    /// @return nothing
    public Optional<SettingsChanged> refuse(ConsumerRecord<String, byte[]> record, RefusedRecord why) {
        count(why).incrementAndGet();
        if (logged.add(why)) {
            LOG.atError().addKeyValue("why", why).addKeyValue("offset", record.offset())
                    .log("record of the settings does not count; the settings stay");
        }
        return Optional.empty();
    }

    /// What precedes the last change was counted when it came, or was signed by a master key that is no longer used.
    public void forgetWhatPrecedesTheLastChange() {
        refused.values().forEach(count -> count.set(0));
    }

    /// How many records did not count, for the reason.
    public long refused(RefusedRecord why) {
        return count(why).get();
    }

    private AtomicLong count(RefusedRecord why) {
        return refused.getOrDefault(why, new AtomicLong());
    }

    /// The number of the change that counts; 0 before the first.
    public long number() {
        return number;
    }

    /// Whether the change that counts is signed by the first of the keys. If not, one is due that is.
    public boolean isSignedByFirst() {
        return signedByFirst;
    }

    /// Whether there are records, and none of them counts.
    public boolean isUnverified() {
        return number == 0 && refused.values().stream().anyMatch(count -> count.get() > 0);
    }

    /// The last changes, newest first.
    public List<SettingsChanged> changes() {
        return List.copyOf(changes);
    }
}
