package dev.sluice.log.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KafkaClusterTest {
    private static final String LOGIN = """
            security.protocol=SASL_SSL
            sasl.mechanism=SCRAM-SHA-512
            sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="order-api" password="geheim";
            """;

    @TempDir
    private Path folder;

    @Test
    void everyClientLogsIn() throws IOException {
        KafkaCluster cluster = KafkaCluster.of("kafka:9092", file(LOGIN), "3", "");

        assertThat(cluster.properties(Map.of("client.id", "any"))).containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("security.protocol", "SASL_SSL").containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("client.id", "any")
                .containsKey("sasl.jaas.config");
        assertThat(cluster).asString().doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "linger.ms=0 | has linger.ms: only security.protocol",
            "security.protocol=NONE | must set security.protocol to one of",
            "ssl.truststore.location=/x | must set security.protocol to one of",
            "security.protocol=SASL_SSL | must set sasl.mechanism",
            "the password is geheim | something that is no property",
            "'security.protocol=SSL\\u00zz' | cannot be read"})
    void aFileThatCannotBeUsedIsOneLine(String text, String fault) throws IOException {
        String file = file(text);

        assertThatThrownBy(() -> KafkaCluster.of("kafka:9092", file, "3", "")).isInstanceOf(MisconfiguredException.class)
                .hasMessageContainingAll("SLUICE_KAFKA_PROPERTIES", fault).hasMessageNotContaining("geheim").hasMessageNotContaining("\n");
    }

    @Test
    void aFileThatDoesNotExistIsOneLine() {
        assertThatThrownBy(() -> KafkaCluster.of("kafka:9092", folder.resolve("none").toString(), "3", ""))
                .isInstanceOf(MisconfiguredException.class).hasMessageContaining("cannot be read");
    }

    @Test
    void whatKafkasLibraryCannotUseIsOneLine() throws IOException {
        KafkaCluster cluster = KafkaCluster.of("127.0.0.1:1", file(LOGIN.replace(";", "")), "3", "");

        assertThatThrownBy(() -> cluster.admin(Duration.ofSeconds(1)).close()).isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("SLUICE_KAFKA_PROPERTIES").hasMessageNotContaining("geheim");
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "x, ''", "10, ''", "3, 0", "3, many"})
    void numbersHaveBounds(String replication, String partitions) {
        assertThatThrownBy(() -> KafkaCluster.of("kafka:9092", "", replication, partitions)).isInstanceOf(MisconfiguredException.class)
                .hasMessageContaining("must be a number from 1 to");
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("kafka.properties"), text).toString();
    }
}
