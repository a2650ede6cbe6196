package dev.sluice.setting;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.setting.topic.RefusedRecord;
import dev.sluice.setting.topic.SettingsJournal;
import dev.sluice.setting.topic.SettingsTopic;

/// The settings as they are right now: those of the file, and over them what operators have set, which stands in `sluice.settings`.
/// The topic is read to its end before there is such an object, and followed from then on.
public final class LiveSettings implements AutoCloseable {
    private final Settings bootstrap;
    private final Keyring keyring;
    private final BelievedSettings stored;
    private final SettingsJournal journal;
    private final Map<String, AtomicLong> changedTimes = Setting.all().stream()
            .collect(Collectors.toUnmodifiableMap(Setting::label, _ -> new AtomicLong()));
    private final Derivations derivations;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition read = lock.newCondition();
    private final SettingsTopic topic;
    private volatile Settings current;
    private volatile boolean whole;
    private volatile boolean following;

    private LiveSettings(KafkaCluster cluster, Settings bootstrap, Keyring keyring) {
        // Of the file, too, an app keeps nothing that does not concern it.
        this.bootstrap = bootstrap.only(setting -> keyring.concerns(setting.secrecy()));
        this.keyring = keyring;
        this.current = this.bootstrap;
        this.stored = new BelievedSettings(keyring);
        this.journal = new SettingsJournal(keyring::signer);
        this.derivations = new Derivations(this.bootstrap, this::current);
        this.topic = SettingsTopic.read(cluster, this::take);
        stored.putNothingForWhatIsLocked();
        if (journal.isUnverified()) {
            // By an operator with another master key, or by a stranger: the file's keys may have been replaced.
            current = this.bootstrap.withoutKeys();
        }
        update();
        following = true;
    }

    /// Reads all that is set, and follows. A change that is not signed by one of our master keys is not believed. When there is no other,
    /// nothing is offered, no key of the file is believed, and [#isReady()] is false. The app still starts, so that an operator can set
    /// everything again.
    ///
    /// @param bootstrap the settings in force until an operator sets something
    /// @throws IllegalStateException when the topic cannot be read within a minute
    public static LiveSettings follow(KafkaCluster cluster, Settings bootstrap, Keyring keyring) {
        LiveSettings live = new LiveSettings(cluster, bootstrap, keyring);
        live.topic.startFollowing();
        return live;
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

    private void take(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        if (records.isEmpty()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            records.forEach(this::take);
            update();
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
        if (following) {
            change.edits().forEach(edit -> changedTimes.getOrDefault(edit.setting(), new AtomicLong()).incrementAndGet());
        } else {
            journal.forgetWhatPrecedesTheLastChange();
        }
    }

    /// The settings now.
    public Settings current() {
        return current;
    }

    /// The settings of the file.
    public Settings bootstrap() {
        return bootstrap;
    }

    /// Whether all that is set has been read and opened, was read to its end a moment ago, and could be made something of.
    public boolean isReady() {
        return whole && topic.isFresh() && derivations.areMade();
    }

    /// What operators have set, as far as this app needs it.
    public Map<Setting, StoredSetting> stored() {
        lock.lock();
        try {
            return stored.all();
        } finally {
            lock.unlock();
        }
    }

    /// The last changes, newest first.
    public List<SettingsChanged> changes() {
        lock.lock();
        try {
            return journal.changes();
        } finally {
            lock.unlock();
        }
    }

    /// The settings as they would be with these changes; an empty one takes back what was set.
    public Settings with(Map<Setting, StoredSetting> changed) {
        Map<Setting, StoredSetting> all = new HashMap<>(stored());
        all.putAll(changed);
        return bootstrap.overriddenBy(all);
    }

    /// Waits until everything that is set by now, in any instance, has been read here.
    ///
    /// @return whether it has
    public boolean catchUp(Duration within) {
        return topic.catchUp(within);
    }

    /// What became of a change that was appended.
    public enum Read {
        /// It counts.
        TAKEN,
        /// Another one was made at the same moment and counts in its place.
        OVERTAKEN,
        /// It has not been read yet.
        NOT_YET
    }

    /// Waits until a change that was appended has been read back here.
    public Read awaitRead(SettingsChanged change, Duration within) {
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

    /// The change that would set all of this, without a signature yet.
    SettingsChange.State state() {
        lock.lock();
        try {
            return new SettingsChange.State(journal.number(), stored.opened());
        } finally {
            lock.unlock();
        }
    }

    /// Whether a change is due because the last one is signed by a master key that will be dropped.
    public boolean isSignedByAnOlderKey() {
        return keyring.signs() && !journal.isSignedByFirst();
    }

    /// The number of the change that counts; 0 before the first.
    public long number() {
        return journal.number();
    }

    /// How often the setting was changed since the start of this app.
    public long changedTimes(Setting setting) {
        return changedTimes.getOrDefault(setting.label(), new AtomicLong()).get();
    }

    /// How many records did not count since the last change, or the start of this app, for the reason.
    public long refused(RefusedRecord why) {
        return journal.refused(why);
    }

    /// A value derived from the settings and rebuilt when they change. A caller that holds the old one may go on using it.
    ///
    /// An unusable setting of an operator is logged, and the value before stays in use, unless the maker leaves out just that
    /// [Settings#part]. Without a value before, it is derived from the file with every payment method switched off, and [#isReady()] is
    /// false: an operator who could correct it must be able to start.
    ///
    /// @throws BadSettingException when it cannot be derived from the file
    public <T> Supplier<T> derive(Function<Settings, T> maker) {
        return derivations.derive(maker);
    }

    @Override
    public void close() {
        topic.close();
    }
}
