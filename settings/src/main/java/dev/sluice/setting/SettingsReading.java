package dev.sluice.setting;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.setting.LiveSettings.Read;
import dev.sluice.setting.topic.RefusedRecord;
import dev.sluice.setting.topic.SettingsJournal;

/// What has been read of `sluice.settings`, and the settings that follow from it. One thread reads; any may look.
final class SettingsReading {
    private final Settings bootstrap;
    private final BelievedSettings stored;
    private final SettingsJournal journal;
    private final ChangeCounts changes = new ChangeCounts();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition read = lock.newCondition();
    private volatile Settings current;
    private volatile boolean whole;

    SettingsReading(Settings bootstrap, Keyring keyring) {
        // Of the file, too, an app keeps nothing that does not concern it.
        this.bootstrap = bootstrap.only(setting -> keyring.concerns(setting.secrecy()));
        this.current = this.bootstrap;
        this.stored = new BelievedSettings(keyring);
        this.journal = new SettingsJournal(keyring::signer);
    }

    /// How often each setting was changed, counted only once all of the past is read.
    private static final class ChangeCounts {
        private final Map<String, AtomicLong> changedTimes = Setting.all().stream()
                .collect(Collectors.toUnmodifiableMap(Setting::label, _ -> new AtomicLong()));
        private volatile boolean counting;

        AtomicLong of(String setting) {
            return changedTimes.getOrDefault(setting, new AtomicLong());
        }
    }

    /// All of the past is read; what is read from now on is a change.
    void follow() {
        stored.putNothingForWhatIsLocked();
        if (journal.isUnverified()) {
            // By an operator with another master key, or by a stranger: the file's keys may have been replaced.
            current = bootstrap.withoutKeys();
        }
        update();
        changes.counting = true;
    }

    private void updateOrBeUnready() {
        try {
            update();
        } catch (RuntimeException e) {
            whole = false;
            throw e;
        }
    }

    private void update() {
        if (journal.number() > 0) {
            current = currentOfStored();
        }
        whole = stored.isWhole() && !journal.isUnverified();
    }

    /// Where something that was set is lacking, nothing is offered: not at the file's prices.
    private Settings currentOfStored() {
        Settings all = bootstrap.overriddenBy(stored.all());
        return stored.isLacking() ? all.switchedOff() : all;
    }

    void take(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        if (records.isEmpty()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            records.forEach(this::take);
            updateOrBeUnready();
            read.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A record that nothing can be made of must not stop those after it.
    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            journal.take(record).ifPresent(this::take);
        } catch (RuntimeException e) {
            journal.refuse(record, RefusedRecord.UNREADABLE);
        }
    }

    private void take(SettingsChanged change) {
        stored.take(change);
        if (changes.counting) {
            change.edits().forEach(edit -> changes.of(edit.setting()).incrementAndGet());
        } else {
            journal.forgetWhatPrecedesTheLastChange();
        }
    }

    Settings current() {
        return current;
    }

    /// The settings of the file.
    Settings bootstrap() {
        return bootstrap;
    }

    /// Whether all that is set has been read and opened.
    boolean isWhole() {
        return whole;
    }

    Map<Setting, StoredSetting> stored() {
        lock.lock();
        try {
            return stored.all();
        } finally {
            lock.unlock();
        }
    }

    /// Newest first.
    List<SettingsChanged> changes() {
        lock.lock();
        try {
            return journal.changes();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a change that was appended has been read.
    Read await(SettingsChanged change, Duration within) {
        long left = within.toNanos();
        lock.lock();
        try {
            while (journal.number() < change.number()) {
                if (left <= 0) {
                    return Read.NOT_YET;
                }
                left = read.awaitNanos(left);
            }
            return journal.changes().stream().anyMatch(each -> each.id().equals(change.id())) ? Read.TAKEN : Read.OVERTAKEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Read.NOT_YET;
        } finally {
            lock.unlock();
        }
    }

    SettingsChange.State state() {
        lock.lock();
        try {
            return new SettingsChange.State(journal.number(), stored.opened());
        } finally {
            lock.unlock();
        }
    }

    boolean isSignedByFirst() {
        return journal.isSignedByFirst();
    }

    long number() {
        return journal.number();
    }

    long changedTimes(Setting setting) {
        return changes.of(setting.label()).get();
    }

    long refused(RefusedRecord why) {
        return journal.refused(why);
    }
}
