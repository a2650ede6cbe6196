package dev.sluice.standalone.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

import dev.sluice.log.Topic;
import dev.sluice.log.cluster.AccessTable;
import dev.sluice.log.cluster.KafkaCluster;

/// A real Kafka broker in this process, one node, with its data in a folder. There is no second replica to be safe with: the topics that
/// hold the truth demand that each record is on disk before it is acknowledged.
public final class EmbeddedKafka implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final EmbeddedLogins logins;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers, EmbeddedLogins logins) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.logins = logins;
    }

    /// Starts the broker on the folder's data. Clients log in, with the files of [EmbeddedLogins] in a folder beside it, and each login may
    /// do what the [AccessTable] gives it. The topics exist when this method returns.
    public static EmbeddedKafka start(Path folder) {
        return start(folder, FreePort.find());
    }

    public static EmbeddedKafka start(Path folder, int port) {
        EmbeddedLogins logins = EmbeddedLogins.in(logins(folder));
        Properties properties = properties(folder, port, FreePort.find());
        logins.brokerProperties().forEach(properties::setProperty);
        format(folder, properties);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        EmbeddedKafka kafka = new EmbeddedKafka(server, "127.0.0.1:" + port, logins);
        try {
            PrivateFolder.file(address(folder), kafka.bootstrapServers);
            kafka.prepare();
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
        return kafka;
    }

    private static Path address(Path folder) {
        return folder.resolveSibling(folder.getFileName() + "-address");
    }

    /// The broker that another process runs on the folder, for who may do everything there.
    ///
    /// @throws UncheckedIOException when none ran there
    public static KafkaCluster running(Path folder) {
        try {
            return cluster(Files.readString(address(folder)), EmbeddedLogins.in(logins(folder)).file(EmbeddedLogins.OPERATOR));
        } catch (IOException e) {
            throw new UncheckedIOException("no Kafka runs on " + folder, e);
        }
    }

    private static Path logins(Path folder) {
        return folder.resolveSibling(folder.getFileName() + "-logins");
    }

    private static KafkaCluster cluster(String servers, Path properties) {
        return KafkaCluster.of(servers, properties.toString(), "1", "");
    }

    /// What is done before a broker of this process that cannot go on ends the process.
    public static void beforeHalt(Runnable done) {
        Exit.setHaltProcedure((status, _) -> {
            done.run();
            Runtime.getRuntime().halt(status);
        });
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    private void prepare() {
        KafkaCluster operator = cluster(EmbeddedLogins.OPERATOR);
        try (Admin admin = operator.admin(ANSWER_WITHIN)) {
            AccessTable.shipped().apply(admin);
        }
        Topic.ensureAll(operator);
    }

    /// How a client of that name connects.
    public KafkaCluster cluster(String login) {
        return cluster(bootstrapServers, properties(login));
    }

    /// The file of client properties of a login.
    public Path properties(String login) {
        return logins.file(login);
    }

    /// What an app of that name is given, as environment variables.
    public Map<String, String> environment(String login) {
        return Map.of("SLUICE_KAFKA", bootstrapServers, "SLUICE_KAFKA_PROPERTIES", properties(login).toString(),
                "SLUICE_KAFKA_REPLICATION", "1", "SLUICE_KAFKA_PARTITIONS", "");
    }

    private static Properties properties(Path folder, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "1");
        properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.setProperty("listeners", "SASL_PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.setProperty("advertised.listeners", "SASL_PLAINTEXT://127.0.0.1:" + port);
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("listener.security.protocol.map", "SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
        properties.setProperty("inter.broker.listener.name", "SASL_PLAINTEXT");
        properties.setProperty("log.dirs", folder.toString());
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        properties.setProperty("log.cleaner.dedupe.buffer.size", "16777216");
        // After a kill the old registration must expire before the broker may register again.
        properties.setProperty("broker.session.timeout.ms", "1500");
        properties.setProperty("broker.heartbeat.interval.ms", "500");
        for (String internal : new String[]{"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.setProperty(internal + ".replication.factor", "1");
            properties.setProperty(internal + ".min.isr", "1");
            properties.setProperty(internal + ".num.partitions", "4");
        }
        return properties;
    }

    private static void format(Path folder, Properties properties) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path file = Files.createTempFile(folder, "format", ".properties");
            try (OutputStream out = Files.newOutputStream(file)) {
                properties.store(out, null);
            }
            String[] command = {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString(), "--ignore-formatted"};
            StorageTool.execute(command, new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("Kafka's folder " + folder + " cannot be formatted", e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
