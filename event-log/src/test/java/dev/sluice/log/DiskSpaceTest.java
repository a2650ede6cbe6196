package dev.sluice.log;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sluice.log.cluster.MisconfiguredException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DiskSpaceTest {
    @Test
    void theFullestOfTheDisksCountsThatHoldTheLog() {
        var first = Map.of("/data", disk("sluice.events", 900), "/other", disk("another.system", 1));
        var second = Map.of("/data", disk("sluice.settings", 700), "/broken",
                new LogDirDescription(new KafkaStorageException(), Map.of(), 9, 2));

        assertThat(DiskSpace.smallest(List.of(first, second))).hasValue(700);
    }

    /// Brokers before Kafka 3.3, and some that are a service, do not report it.
    @Test
    void whatBrokersDoNotReportIsUnknown() {
        var silent = new LogDirDescription(null, Map.of(new TopicPartition("sluice.events", 0), new ReplicaInfo(1, 0, false)));

        assertThat(DiskSpace.smallest(List.of(Map.of("/data", silent)))).isEqualTo(OptionalLong.empty());
        assertThat(DiskSpace.smallest(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1GB,1073741824", "500MB,524288000", "2 gb,2147483648", "0,0"})
    void readsASize(String text, long bytes) {
        assertThat(DiskSpace.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "-1GB", "1.5GB", "5%", "1TB", "9999999999GB"})
    void namesTheVariableOfWhatIsNoSize(String text) {
        assertThatThrownBy(() -> DiskSpace.bytes(text)).isInstanceOf(MisconfiguredException.class)
                .hasMessageContainingAll("SLUICE_DISK_RESERVE", "1GB").hasMessageNotContaining("\n");
    }

    private static LogDirDescription disk(String topic, long usable) {
        return new LogDirDescription(null, Map.of(new TopicPartition(topic, 0), new ReplicaInfo(1, 0, false)), 1000, usable);
    }
}
