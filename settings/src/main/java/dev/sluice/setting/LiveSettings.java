package dev.sluice.setting;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.setting.topic.RefusedRecord;
import dev.sluice.setting.topic.SettingsTopic;

/// The settings as they are right now: those of the file, and over them what operators have set, which stands in `sluice.settings`.
/// The topic is read to its end before there is such an object, and followed from then on.
public final class LiveSettings implements AutoCloseable {
    private final Keyring keyring;
    private final SettingsReading reading;
    private final Derivations derivations;
    private final SettingsTopic topic;

    private LiveSettings(KafkaCluster cluster, Settings bootstrap, Keyring keyring) {
        this.keyring = keyring;
        this.reading = new SettingsReading(bootstrap, keyring);
        this.derivations = new Derivations(reading.bootstrap(), reading::current);
        this.topic = SettingsTopic.read(cluster, reading::take);
        reading.follow();
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

    /// The settings now.
    public Settings current() {
        return reading.current();
    }

    /// The settings of the file.
    public Settings bootstrap() {
        return reading.bootstrap();
    }

    /// Whether all that is set has been read and opened, was read to its end a moment ago, and could be made something of.
    public boolean isReady() {
        return reading.isWhole() && topic.isFresh() && derivations.areMade();
    }

    /// What operators have set, as far as this app needs it.
    public Map<Setting, StoredSetting> stored() {
        return reading.stored();
    }

    /// The last changes, newest first.
    public List<SettingsChanged> changes() {
        return reading.changes();
    }

    /// The settings as they would be with these changes; an empty one takes back what was set.
    public Settings with(Map<Setting, StoredSetting> changed) {
        Map<Setting, StoredSetting> all = new HashMap<>(stored());
        all.putAll(changed);
        return bootstrap().overriddenBy(all);
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
        return reading.await(change, within);
    }

    /// The change that would set all of this, without a signature yet.
    SettingsChange.State state() {
        return reading.state();
    }

    /// Whether a change is due because the last one is signed by a master key that will be dropped.
    public boolean isSignedByAnOlderKey() {
        return keyring.signs() && !reading.isSignedByFirst();
    }

    /// The number of the change that counts; 0 before the first.
    public long number() {
        return reading.number();
    }

    /// How often the setting was changed since the start of this app.
    public long changedTimes(Setting setting) {
        return reading.changedTimes(setting);
    }

    /// How many records did not count since the last change, or the start of this app, for the reason.
    public long refused(RefusedRecord why) {
        return reading.refused(why);
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
