package dev.sluice.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

import dev.sluice.log.cluster.KafkaCluster;

/// One configuration of a topic: its value in a topic that we make, and what an existing topic must have.
///
/// @param name   as Kafka names it
/// @param value  in a new topic
/// @param demand what an existing topic is checked for
record TopicRule(String name, String value, Demand demand) {
    private static final String UNLIMITED = "-1";
    private static final long MIB = 1024 * 1024;
    /// Kafka's own default: what producers send at most, with the overhead of a batch.
    private static final long LARGEST_BATCH = MIB + 12;
    private static final long FORGERIES_BYTES = 512 * MIB;
    private static final Duration SEGMENT_OF_A_DAY = Duration.ofDays(1);

    /// What the value of an existing topic is compared for.
    enum Demand {
        EXACTLY,
        AT_LEAST,
        /// Any limit is good, none is not.
        LIMITED,
        /// Its cost is the operator's choice.
        NOTHING
    }

    /// All of a topic, the most important first.
    static List<TopicRule> of(Topic topic, KafkaCluster cluster) {
        List<TopicRule> rules = new ArrayList<>(kept(topic));
        rules.add(new TopicRule(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, cluster.isSingleNode() ? "1" : "2", Demand.AT_LEAST));
        rules.add(new TopicRule(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false", Demand.EXACTLY));
        rules.add(new TopicRule(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime", Demand.EXACTLY));
        rules.add(new TopicRule(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(LARGEST_BATCH), Demand.AT_LEAST));
        if (cluster.isSingleNode() && topic.isTruth()) {
            // There is no second replica to be safe with.
            rules.add(new TopicRule(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, "1", Demand.EXACTLY));
        }
        rules.addAll(segments(topic, cluster));
        return rules;
    }

    private static List<TopicRule> kept(Topic topic) {
        String bytes = topic == Topic.FORGERIES ? Long.toString(FORGERIES_BYTES) : UNLIMITED;
        return List.of(new TopicRule(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE, Demand.EXACTLY),
                new TopicRule(TopicConfig.RETENTION_MS_CONFIG, topic.retention().map(TopicRule::millis).orElse(UNLIMITED), Demand.AT_LEAST),
                new TopicRule(TopicConfig.RETENTION_BYTES_CONFIG, bytes, topic == Topic.FORGERIES ? Demand.LIMITED : Demand.AT_LEAST));
    }

    /// Retention deletes whole segments, and a broker that was killed reads the last one of each partition again.
    private static List<TopicRule> segments(Topic topic, KafkaCluster cluster) {
        return switch (topic) {
            case EVENTS, BOOKS, NOTIFICATIONS, DEAD_LETTERS, SETTINGS -> List.of(segment(cluster.isSingleNode() ? 64 : 1024));
            case FORGERIES -> List.of(segment(16), segment(SEGMENT_OF_A_DAY));
            case WATCH -> List.of(segment(16), segment(topic.retention().orElseThrow()));
        };
    }

    private static TopicRule segment(int mib) {
        return new TopicRule(TopicConfig.SEGMENT_BYTES_CONFIG, Long.toString(Math.min(mib * MIB, Integer.MAX_VALUE)), Demand.NOTHING);
    }

    private static TopicRule segment(Duration age) {
        return new TopicRule(TopicConfig.SEGMENT_MS_CONFIG, millis(age), Demand.NOTHING);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    /// What is wrong with an existing topic's value.
    Optional<String> fault(@Nullable String actual) {
        boolean good = actual != null && switch (demand) {
            case EXACTLY -> actual.equals(value);
            case AT_LEAST -> actual.equals(UNLIMITED)
                    || (!value.equals(UNLIMITED) && actual.matches("\\d{1,18}") && Long.parseLong(actual) >= Long.parseLong(value));
            case LIMITED -> !actual.equals(UNLIMITED);
            case NOTHING -> true;
        };
        String wanted = demand == Demand.AT_LEAST && !value.equals(UNLIMITED) ? "at least " + value : value;
        return good ? Optional.empty() : Optional.of(name + " is " + actual + ", not " + wanted);
    }
}
