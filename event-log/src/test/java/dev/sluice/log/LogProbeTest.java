package dev.sluice.log;

import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogProbeTest {
    private static final Node FIRST = new Node(1, "one", 9092);
    private static final Node SECOND = new Node(2, "two", 9092);
    private static final Config TWO = new Config(Set.of(new ConfigEntry("min.insync.replicas", "2")));

    /// The balancer would send no request anywhere if one partition without quorum were not ready.
    @Test
    void countsThePartitionsThatTakeRecords() {
        var topic = new TopicDescription("sluice.events", false, List.of(
                new TopicPartitionInfo(0, FIRST, List.of(FIRST, SECOND), List.of(FIRST, SECOND)),
                new TopicPartitionInfo(1, FIRST, List.of(FIRST, SECOND), List.of(FIRST)),
                new TopicPartitionInfo(2, Node.noNode(), List.of(FIRST, SECOND), List.of(FIRST, SECOND))));

        assertThat(LogProbe.withQuorum(topic, TWO)).isEqualTo(1);
    }
}
