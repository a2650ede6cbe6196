package dev.sluice.standalone;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.log.Topic;
import dev.sluice.log.cluster.AccessTable;

import static org.assertj.core.api.Assertions.assertThat;

/// The Kafka of docker-compose.yml takes no client without a login, and each app gets its own.
class ComposeKafkaTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VIEW = Pattern.compile("implements View \\{.*?String name\\(\\) \\{\\s*return \"([a-z-]+)\"",
            Pattern.DOTALL);

    private static final String PASSWORD = "0123456789abcdef";
    private static final int WITHIN_SECONDS = 60;

    @TempDir
    private Path folder;

    private final JsonNode services = JsonMapper.shared()
            .<JsonNode>valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(read(ROOT.resolve("docker-compose.yml"))))
            .get("services");
    private final AccessTable table = AccessTable.shipped();

    @Test
    void noListenerTakesAClientWithoutALogin() throws IOException {
        Properties broker = new Properties();
        try (Reader in = Files.newBufferedReader(ROOT.resolve("docker/kafka.properties"))) {
            broker.load(in);
        }

        assertThat(Arrays.stream(broker.getProperty("listener.security.protocol.map").split(","))
                .map(entry -> entry.substring(entry.indexOf(':') + 1)))
                .isNotEmpty().allMatch(protocol -> protocol.startsWith("SASL_"));
        assertThat(Arrays.stream(broker.getProperty("listeners").split(",")).filter(listener -> !listener.contains("://localhost:")))
                .as("reached from other containers").containsExactly("APPS://:9092");
        assertThat(broker.getProperty("listener.name.apps.sasl.enabled.mechanisms")).isEqualTo("SCRAM-SHA-512");
        assertThat(broker).containsEntry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .containsEntry("super.users", "User:broker").doesNotContainKey("allow.everyone.if.no.acl.found");
        assertThat(services.at("/kafka/environment").propertyNames()).as("nothing overrides the file").containsExactly("KAFKA_HEAP_OPTS");
    }

    @Test
    void theBrokerRunsTheScriptWithTheTableThatIsShipped() {
        assertThat(services.at("/kafka/entrypoint").toString()).contains("/etc/sluice/kafka.sh");
        assertThat(services.at("/kafka/volumes").valueStream().map(JsonNode::asString)).contains(
                "./event-log/src/main/resources/kafka-acl.txt:/etc/sluice/kafka-acl.txt:ro", "./docker/kafka.sh:/etc/sluice/kafka.sh:ro",
                "./docker/kafka.properties:/etc/sluice/kafka.properties:ro");
        assertThat(services.at("/kafka/healthcheck/test").toString()).contains("ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-api", "notify-gateway", "recharge-worker", "reconciler"})
    void eachAppHasItsOwnLogin(String app) {
        assertThat(services.at("/" + app + "/environment/SLUICE_KAFKA_PROPERTIES").asString()).isEqualTo("/run/secrets/kafka.properties");
        assertThat(services.at("/" + app + "/secrets").valueStream()
                .filter(secret -> secret.path("target").asString("").equals("kafka.properties"))
                .map(secret -> secret.get("source").asString())).containsExactly(app + "-kafka.properties");
        assertThat(services.at("/kafka/secrets").valueStream().map(JsonNode::asString)).contains(app + "-kafka.properties");
        assertThat(table.logins()).contains(app).hasSize(4);
    }

    @Test
    void theTableNamesEveryTopicAndNoOther() {
        List<String> ours = Arrays.stream(Topic.values()).map(Topic::topicName).toList();

        assertThat(table.bindings().stream().map(AclBinding::pattern)
                .filter(pattern -> pattern.resourceType() == ResourceType.TOPIC && pattern.patternType() == PatternType.LITERAL)
                .map(pattern -> pattern.name()).distinct()).containsExactlyInAnyOrderElementsOf(ours);
        assertThat(ours).allMatch(name -> name.startsWith("sluice."));
    }

    /// A new view needs a line of its own, or it would not be read.
    @ParameterizedTest
    @ValueSource(strings = {"order-api", "notify-gateway", "recharge-worker", "reconciler"})
    void eachViewsConsumerGroupIsItsAppsOnly(String app) throws IOException {
        try (Stream<Path> sources = Files.walk(ROOT.resolve(app + "/src/main/java"))) {
            List<String> groups = sources.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> VIEW.matcher(read(file)).results()).map((MatchResult view) -> "sluice-" + view.group(1)).toList();

            assertThat(table.bindings().stream().filter(binding -> binding.pattern().resourceType() == ResourceType.GROUP
                    && binding.entry().principal().equals("User:" + app)).map(binding -> binding.pattern().name()))
                    .containsExactlyInAnyOrderElementsOf(groups);
        }
    }

    /// With stand-ins for Kafka's own tools: what the script calls them with.
    @Test
    void theScriptGivesEachAppItsLoginAndItsRightsOnce() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : List.of("kafka-storage.sh", "kafka-broker-api-versions.sh", "kafka-configs.sh", "kafka-acls.sh")) {
            executable(bin.resolve(tool), "echo \"$(basename \"$0\") $*\" >> \"$KAFKA_RUN/calls\"\n"
                    + "for word; do case $word in *login.properties) cat \"$word\" >> \"$KAFKA_RUN/logins\";; esac; done");
        }
        executable(bin.resolve("kafka-server-start.sh"), "until [ -e \"$KAFKA_RUN/prepared\" ]; do sleep 0.1; done");
        Path conf = Files.createDirectory(folder.resolve("conf"));
        Files.copy(ROOT.resolve("docker/kafka.properties"), conf.resolve("kafka.properties"));
        Files.copy(ROOT.resolve("event-log/src/main/resources/kafka-acl.txt"), conf.resolve("kafka-acl.txt"));
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        for (String app : table.logins()) {
            Files.writeString(secrets.resolve(app + "-kafka.properties"), "x username=\"" + app + "\" password=\"" + PASSWORD + "\";\n");
        }
        Files.createDirectory(folder.resolve("data"));

        List<String> first = run(bin, conf, secrets);
        List<String> second = run(bin, conf, secrets);
        Files.writeString(conf.resolve("kafka-acl.txt"), read(conf.resolve("kafka-acl.txt")).replace(
                "order-api topic sluice.settings Read,Write", "order-api topic sluice.settings Read"));
        List<String> third = run(bin, conf, secrets);

        String tools = " --bootstrap-server localhost:9094 --command-config " + folder.resolve("run/operator.properties");
        assertThat(first).contains(
                "kafka-configs.sh" + tools + " --alter --entity-type users --entity-name order-api --add-config-file "
                        + folder.resolve("run/login.properties"),
                "kafka-acls.sh" + tools
                        + " --add --allow-principal User:order-api --operation Read --operation Write --topic sluice.settings"
                        + " --resource-pattern-type literal",
                "kafka-acls.sh" + tools + " --add --allow-principal User:order-api --operation Create --topic sluice."
                        + " --resource-pattern-type prefixed",
                "kafka-acls.sh" + tools + " --add --allow-principal User:order-api --operation Describe --cluster");
        assertThat(first).filteredOn(call -> call.startsWith("kafka-configs.sh")).hasSize(4);
        assertThat(first).filteredOn(call -> call.startsWith("kafka-acls.sh")).hasSize((int) read(conf.resolve("kafka-acl.txt")).lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#")).count());
        assertThat(Stream.of(first, second, third).flatMap(List::stream)).as("arguments can be read by others").noneMatch(
                call -> call.contains(PASSWORD));
        assertThat(read(folder.resolve("run/logins")).lines()).hasSize(8).allMatch(("SCRAM-SHA-512=password=" + PASSWORD)::equals);
        assertThat(folder.resolve("run/login.properties")).doesNotExist();
        assertThat(third).filteredOn(call -> call.contains("--remove")).containsExactly("kafka-acls.sh" + tools
                + " --remove --force --allow-principal User:order-api --operation Write --topic sluice.settings"
                + " --resource-pattern-type literal");
        assertThat(second).as("they are there").noneMatch(call -> call.startsWith("kafka-configs.sh") || call.startsWith("kafka-acls.sh"));
        assertThat(read(folder.resolve("run/server.properties"))).contains("listener.name.broker.plain.sasl.jaas.config",
                "listener.name.controller.plain.sasl.jaas.config");
    }

    private List<String> run(Path bin, Path conf, Path secrets) throws IOException, InterruptedException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.deleteIfExists(run.resolve("calls"));
        ProcessBuilder script = new ProcessBuilder("sh", ROOT.resolve("docker/kafka.sh").toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        script.environment().putAll(Map.of("KAFKA_BIN", bin.toString(), "KAFKA_CONF", conf.toString(), "KAFKA_SECRETS", secrets.toString(),
                "KAFKA_DATA", folder.resolve("data").toString(), "KAFKA_RUN", run.toString()));
        Process process = script.start();
        assertThat(process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(read(folder.resolve("output"))).isZero();
        return Files.readAllLines(run.resolve("calls"));
    }

    private static void executable(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
