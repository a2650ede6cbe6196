package dev.sluice.log.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/// The Kafka that holds the log. Every client gets its properties here, so that all of them log in.
///
/// @param bootstrapServers its addresses
/// @param security         how clients log in: `security.protocol`, `sasl.*`, `ssl.*`; empty when all may do everything
/// @param replication      on how many brokers each record is kept; 1 for a single node, which must write each record to disk instead
/// @param partitions       how many partitions the log has
public record KafkaCluster(String bootstrapServers, Map<String, Object> security, int replication, int partitions) {
    private static final int SINGLE_NODE_PARTITIONS = 3;
    private static final int CLUSTER_PARTITIONS = 12;
    private static final int MOST_PARTITIONS = 1000;
    private static final int MOST_REPLICAS = 9;

    /// Reads the environment.
    ///
    /// @param bootstrapServers `SLUICE_KAFKA`
    /// @param propertiesFile   `SLUICE_KAFKA_PROPERTIES`; blank for none
    /// @param replication      `SLUICE_KAFKA_REPLICATION`
    /// @param partitions       `SLUICE_KAFKA_PARTITIONS`; blank for 12, or 3 on a single node
    /// @throws MisconfiguredException when one of them cannot be used
    public static KafkaCluster of(String bootstrapServers, String propertiesFile, String replication, String partitions) {
        int replicas = number("SLUICE_KAFKA_REPLICATION", replication, MOST_REPLICAS);
        Map<String, Object> security = propertiesFile.isBlank() ? Map.of() : ClientSecurity.read(Path.of(propertiesFile));
        int otherwise = replicas == 1 ? SINGLE_NODE_PARTITIONS : CLUSTER_PARTITIONS;
        return new KafkaCluster(bootstrapServers, security, replicas,
                partitions.isBlank() ? otherwise : number("SLUICE_KAFKA_PARTITIONS", partitions, MOST_PARTITIONS));
    }

    /// A single broker that no client logs in at.
    public static KafkaCluster singleNode(String bootstrapServers) {
        return new KafkaCluster(bootstrapServers, Map.of(), 1, SINGLE_NODE_PARTITIONS);
    }

    private static int number(String variable, String text, int most) {
        if (text.matches("[1-9]\\d{0,3}") && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw new MisconfiguredException(variable + " must be a number from 1 to " + most);
    }

    /// Whether there is no second copy of a record.
    public boolean isSingleNode() {
        return replication == 1;
    }

    /// Opens a client.
    ///
    /// @param own    what this client needs besides, by the names of Kafka's properties
    /// @param opened makes the client of all its properties
    /// @throws MisconfiguredException when Kafka's library cannot use the properties
    public <C> C connect(Map<String, ?> own, Function<Map<String, Object>, C> opened) {
        try {
            return opened.apply(properties(own));
        } catch (KafkaException e) {
            Throwable innermost = e;
            while (innermost.getCause() != null) {
                innermost = innermost.getCause();
            }
            throw new MisconfiguredException("no client for Kafka can be made of SLUICE_KAFKA and SLUICE_KAFKA_PROPERTIES: "
                    + innermost.getMessage(), e);
        }
    }

    /// Opens a client that looks after topics.
    ///
    /// @param answerWithin the longest that one call takes
    /// @throws MisconfiguredException when Kafka's library cannot use the properties
    public Admin admin(Duration answerWithin) {
        int millis = (int) answerWithin.toMillis();
        return connect(Map.of(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis),
                Admin::create);
    }

    /// All properties of a client that others open.
    ///
    /// @param own what it needs besides
    public Map<String, Object> properties(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(own);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.putAll(security);
        return all;
    }

    /// Without the logins.
    @Override
    public String toString() {
        return "KafkaCluster[" + bootstrapServers + ", replication=" + replication + ", partitions=" + partitions + "]";
    }
}
