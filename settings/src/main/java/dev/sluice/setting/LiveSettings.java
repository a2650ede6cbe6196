package dev.sluice.setting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.log.EventCodec;
import dev.sluice.log.Topic;

/// The settings as they are right now: those of the file, and over them what operators have set, which stands in `sluice.settings`.
/// The topic is read to its end before there is such an object, and followed from then on.
public final class LiveSettings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topic.SETTINGS.topicName(), 0);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration READ_WITHIN = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    /// How often the end is asked for when nobody wants to catch up.
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);
    /// What could not be read to its end for so long may have changed unseen.
    private static final Duration STALE_AFTER = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    /// As many are remembered; the topic keeps them all.
    private static final int CHANGES = 500;

    private final Settings bootstrap;
    private final Consumer<String, byte[]> consumer;
    private final Thread following;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition read = lock.newCondition();
    private final Deque<SettingsChanged> changes = new ArrayDeque<>();
    private final DecryptedSettings stored;
    private final Queue<CompletableFuture<Void>> askedToCatchUp = new ConcurrentLinkedQueue<>();
    private final List<DerivedFromSettings<?>> made = new CopyOnWriteArrayList<>();
    private volatile Settings current;
    private volatile boolean there;
    private volatile long readToTheEndAt;

    private LiveSettings(Settings bootstrap, Keyring keyring, Consumer<String, byte[]> consumer) {
        // Also of the file, nobody keeps what is none of their business.
        this.bootstrap = bootstrap.only(keyring::concerns);
        this.current = this.bootstrap;
        this.stored = new DecryptedSettings(keyring);
        this.consumer = consumer;
        this.following = Thread.ofVirtual().name("settings").unstarted(this::follow);
    }

    /// Reads all that is set, and follows.
    ///
    /// @param bootstrap what is when operators have set nothing
    /// A secret setting that cannot be opened is none, and [#isReady()] says so: whoever could set it again must be able to start.
    ///
    /// @throws IllegalStateException when the topic cannot be read within a minute
    public static LiveSettings follow(String bootstrapServers, Settings bootstrap, Keyring keyring) {
        Map<String, Object> config = Map
                .of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "sluice-settings",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        // A question about the end waits behind a fetch that waits.
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        (int) POLL.toMillis(),
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) ANSWER_WITHIN.toMillis());
        var live = new LiveSettings(bootstrap, keyring,
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer()));
        try {
            live.readToTheEnd();
        } catch (RuntimeException e) {
            live.consumer.close();
            throw e;
        }
        live.following.start();
        return live;
    }

    private void readToTheEnd() {
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        long deadline = System.nanoTime() + READ_WITHIN.toNanos();
        long end = end();
        while (consumer.position(PARTITION) < end) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the settings in " + Topic.SETTINGS.topicName() + " cannot be read within " + READ_WITHIN);
            }
            consumer.poll(POLL).forEach(this::take);
        }
        stored.putNothingForWhatIsLocked();
        there = stored.isWhole();
        current = currentOfStored();
        readToTheEndAt = System.nanoTime();
    }

    /// Where something that was set is lacking, nothing is offered: not at the file's prices.
    private Settings currentOfStored() {
        Settings all = stored.all().isEmpty() ? bootstrap : bootstrap.overriddenBy(stored.all());
        return stored.isLacking() ? all.switchedOff() : all;
    }

    private long end() {
        return consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
    }

    private void follow() {
        try (consumer) {
            while (true) {
                followOnce();
            }
        } catch (WakeupException | InterruptedException e) {
            LOG.debug("no longer following the settings");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the settings are not followed any more, start again");
        } finally {
            there = false;
        }
    }

    private void followOnce() throws InterruptedException {
        try {
            take(consumer.poll(POLL));
            if (askedToCatchUp.isEmpty() && System.nanoTime() - readToTheEndAt < BETWEEN_QUESTIONS.toNanos()) {
                return;
            }
            // Whoever asks after this asks for an end that may be another.
            List<CompletableFuture<Void>> asked = Stream.generate(askedToCatchUp::poll).takeWhile(Objects::nonNull).toList();
            long end = end();
            while (consumer.position(PARTITION) < end) {
                take(consumer.poll(POLL));
            }
            readToTheEndAt = System.nanoTime();
            asked.forEach(each -> each.complete(null));
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("why", e.getMessage()).log("cannot follow the settings, trying again");
            Thread.sleep(BETWEEN_TRIES);
        }
    }

    private void take(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        if (records.isEmpty()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            records.forEach(this::take);
            current = currentOfStored();
            there = stored.isWhole();
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
        return there && System.nanoTime() - readToTheEndAt < STALE_AFTER.toNanos() && made.stream().allMatch(DerivedFromSettings::isMade);
    }

    /// What operators have set, as far as it concerns whoever asks.
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

    /// Waits until everything that is set by now, by whomever, has been read here.
    ///
    /// @return whether it has
    public boolean catchUp(Duration within) {
        var caughtUp = new CompletableFuture<Void>();
        askedToCatchUp.add(caughtUp);
        try {
            caughtUp.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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

    /// Something that is made of the settings, and made anew when they change. Whoever has the old one may go on using it.
    ///
    /// What is set by operators and turns out to be unusable is logged, and what was made before stays in use, unless the maker leaves out
    /// just that [Settings#part]. When nothing was, since the start, it is made of the file with every way to pay switched off, and
    /// [#isReady()] says so: whoever could correct it must be able to start.
    ///
    /// @throws BadSettingException when it cannot be made of what the file says
    public <T> Supplier<T> derive(Function<Settings, T> maker) {
        DerivedFromSettings<T> one = new DerivedFromSettings<>(this::current, bootstrap, maker);
        made.add(one);
        return one;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            following.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
