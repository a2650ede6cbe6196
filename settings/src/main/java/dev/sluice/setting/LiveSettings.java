package dev.sluice.setting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.log.EventCodec;
import dev.sluice.log.cluster.KafkaCluster;

/// The settings as they are right now: those of the file, and over them what operators have set, which stands in `sluice.settings`.
/// The topic is read to its end before there is such an object, and followed from then on.
public final class LiveSettings implements AutoCloseable {
    /// As many are remembered; the topic keeps them all.
    private static final int CHANGES = 500;

    private final Settings bootstrap;
    private final DecryptedSettings stored;
    private final Deque<SettingsChanged> changes = new ArrayDeque<>();
    private final Derivations derivations;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition read = lock.newCondition();
    private final SettingsTopic topic;
    private volatile Settings current;
    private volatile boolean whole;

    private LiveSettings(KafkaCluster cluster, Settings bootstrap, Keyring keyring) {
        // Of the file, too, an app keeps nothing that does not concern it.
        this.bootstrap = bootstrap.only(keyring::concerns);
        this.current = this.bootstrap;
        this.stored = new DecryptedSettings(keyring);
        this.derivations = new Derivations(this.bootstrap, this::current);
        this.topic = SettingsTopic.read(cluster, this::take);
        stored.putNothingForWhatIsLocked();
        update();
    }

    /// Reads all that is set, and follows. A secret setting that cannot be decrypted counts as missing and [#isReady()] is false. The app
    /// still starts, so that an operator can set it again.
    ///
    /// @param bootstrap the settings in force until an operator sets something
    /// @throws IllegalStateException when the topic cannot be read within a minute
    public static LiveSettings follow(KafkaCluster cluster, Settings bootstrap, Keyring keyring) {
        LiveSettings live = new LiveSettings(cluster, bootstrap, keyring);
        live.topic.startFollowing();
        return live;
    }

    private void update() {
        current = currentOfStored();
        whole = stored.isWhole();
    }

    /// Where something that was set is lacking, nothing is offered: not at the file's prices.
    private Settings currentOfStored() {
        Settings all = stored.all().isEmpty() ? bootstrap : bootstrap.overriddenBy(stored.all());
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

    private void take(ConsumerRecord<String, byte[]> record) {
        EventCodec.readSetting(record).ifPresent(stored::take);
        EventCodec.readSettingsChanged(record).ifPresent(change -> {
            changes.addFirst(change);
            if (changes.size() > CHANGES) {
                changes.removeLast();
            }
        });
    }

    /// The settings now.
    public Settings current() {
        return current;
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
            return List.copyOf(changes);
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

    /// Waits until a change that was appended has been read back here.
    ///
    /// @return whether it has
    public boolean awaitRead(String changeId, Duration within) {
        long left = within.toNanos();
        lock.lock();
        try {
            while (changes.stream().noneMatch(change -> change.id().equals(changeId))) {
                if (left <= 0) {
                    return false;
                }
                left = read.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
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
