package dev.sluice.log;

import java.time.Duration;
import java.util.Optional;

import dev.sluice.log.cluster.KafkaCluster;

/// The topics. The number of partitions is set when a topic is created and never changed in place: an order and its payment are in
/// one partition because their key is hashed over the same number.
public enum Topic {
    /// All facts, for ever.
    EVENTS("sluice.events", Optional.empty()),
    /// Facts about the books: bills that were compared, differences that were resolved, heads of the audit stream. For ever.
    BOOKS("sluice.books", Optional.empty()),
    /// Notifications that confirm no payment, and providers' answers, as received.
    NOTIFICATIONS("sluice.notifications", Optional.of(Duration.ofDays(90))),
    /// Excerpts of notifications that are unsigned or wrongly signed. Limited in bytes too: strangers write here.
    FORGERIES("sluice.forgeries", Optional.of(Duration.ofDays(7))),
    /// Which orders have a page open right now.
    WATCH("sluice.watch", Optional.of(Duration.ofMinutes(10))),
    /// Records of the topics that views follow, which cannot be read or booked. Each raises an alert.
    DEAD_LETTERS("sluice.events.dlt", Optional.empty()),
    /// What operators have set: each change, for ever. Never compacted: compaction keeps the last record of a key, whichever app wrote it.
    SETTINGS("sluice.settings", Optional.empty());

    private final String topicName;
    private final Optional<Duration> retention;

    Topic(String topicName, Optional<Duration> retention) {
        this.topicName = topicName;
        this.retention = retention;
    }

    /// The name on the broker.
    public String topicName() {
        return topicName;
    }

    /// The number of its partitions.
    public int partitions(KafkaCluster cluster) {
        return switch (this) {
            case EVENTS, NOTIFICATIONS, WATCH, DEAD_LETTERS -> cluster.partitions();
            case BOOKS, FORGERIES, SETTINGS -> 1;
        };
    }

    /// How long it keeps its records; empty for ever.
    public Optional<Duration> retention() {
        return retention;
    }

    /// Whether views follow it, so that its records may become dead letters and come back from there.
    public boolean isFollowed() {
        return switch (this) {
            case EVENTS, BOOKS, NOTIFICATIONS, FORGERIES, WATCH -> true;
            case DEAD_LETTERS, SETTINGS -> false;
        };
    }

    /// Whether its records are needed to know what is true. On a single node each of them is on disk before it counts as appended.
    boolean isTruth() {
        return this != WATCH && this != FORGERIES;
    }

    /// Creates the missing topics, checks all of them, and waits for a broker that is still starting.
    ///
    /// @throws dev.sluice.log.cluster.MisconfiguredException when a topic does not keep what it promises, or cannot be created
    /// @throws IllegalStateException                            when no broker answers within a minute
    public static void ensureAll(KafkaCluster cluster) {
        TopicSetup.run(cluster);
    }
}
