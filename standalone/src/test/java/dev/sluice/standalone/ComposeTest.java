package dev.sluice.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.edge.Environment;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// Separate processes: docker-compose.yml and what it mounts say the same as the apps do.
class ComposeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path FILE = ROOT.resolve("docker-compose.yml");
    private static final Path LINTER = ROOT.resolve("docker/node_modules/.bin/dclint");
    private static final int WITHIN_SECONDS = 60;

    private final JsonNode compose = JsonMapper.shared().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(read(FILE)));

    @TempDir
    private Path folder;

    @Test
    void theLinterFindsNothing() throws Exception {
        Said said = lint(FILE);

        assertThat(said.exit()).as(said.output()).isZero();
    }

    @Test
    void theLinterFindsWhatIsBroken() throws Exception {
        Path broken = Files.writeString(folder.resolve("docker-compose.yml"), read(FILE).replace("    ports:", "    portss:"));

        Said said = lint(broken);

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.output()).contains("/services/proxy", "must NOT have additional properties");
    }

    @Test
    void theProxyHasTheRoutesOfThePublicServer() {
        Map<String, List<String>> routes = new TreeMap<>();
        var route = Pattern.compile("~\\^(\\S+) +([a-z-]+):(\\d+);").matcher(read(ROOT.resolve("docker/nginx.conf")));
        while (route.find()) {
            routes.computeIfAbsent(route.group(2), _ -> new ArrayList<>())
                    .add(route.group(1).replace("\\.", ".").replace("(\\?|$)", ""));
            assertThat(route.group(3)).as("port of " + route.group(2))
                    .isEqualTo(service(route.group(2)).at("/environment/SLUICE_PORT").asString());
        }

        // The proxy lets any provider's notifications through, and the gateway answers for those that it has.
        assertThat(routes.remove("notify-gateway")).singleElement().satisfies(pattern -> assertThat(Routes.of("notify-gateway"))
                .allSatisfy(prefix -> assertThat(prefix + "notify").matches(pattern)));
        assertThat(routes).containsExactlyInAnyOrderEntriesOf(
                Routes.BY_APP.entrySet().stream().filter(app -> !app.getKey().equals("notify-gateway"))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Test
    void theProxyHasNoWayToHealthAndMetrics() {
        for (String app : List.of("order-api", "notify-gateway", "recharge-worker", "reconciler")) {
            String port = service(app).at("/environment/SLUICE_MANAGEMENT_PORT").asString();
            assertThat(read(ROOT.resolve(app + "/src/main/resources/" + app + ".yml"))).as("its default")
                    .contains("management.server.port: ${SLUICE_MANAGEMENT_PORT:" + port + "}");
            assertThat(read(ROOT.resolve("docker/nginx.conf"))).doesNotContain(":" + port);
        }
    }

    @Test
    void everyServiceIsAskedHowItIsAndHasLimits() {
        services().forEach((name, service) -> {
            assertThat(service.at("/healthcheck/test").isEmpty()).as(name).isFalse();
            assertThat(service.has("mem_limit")).as(name).isTrue();
            assertThat(service.at("/logging/options/max-size").isMissingNode()).as(name).isFalse();
            assertThat(service.get("restart").asString()).as(name).isEqualTo("unless-stopped");
            assertThat(texts(service.get("cap_drop"))).as(name).containsExactly("ALL");
        });
    }

    @Test
    void onlyTheProxyIsReachedFromOutside() {
        assertThat(services().entrySet()).filteredOn(service -> service.getValue().has("ports")).extracting(Map.Entry::getKey)
                .containsExactly("proxy");
        assertThat(service("proxy").at("/ports/0/host_ip").asString()).isEqualTo("${SLUICE_ADDRESS:-127.0.0.1}");
    }

    /// Another container of the network must not be able to name the address that a request came from.
    @Test
    void theAppsBelieveTheProxysAddressOnly() {
        String proxy = unlessSaidOtherwise(service("proxy").at("/networks/apps/ipv4_address"));
        assertThat(unlessSaidOtherwise(compose.at("/networks/apps/ipam/config/0/subnet"))).isEqualTo("172.31.77.0/24");
        assertThat(unlessSaidOtherwise(compose.at("/networks/apps/ipam/config/0/ip_range"))).as("no other container gets its address")
                .isEqualTo("172.31.77.0/25");
        assertThat(proxy).isEqualTo("172.31.77.254");
        assertThat(networks("proxy")).contains("apps");
        assertThat(compose.at("/networks/apps/internal").asBoolean()).isTrue();
        for (String app : List.of("order-api", "notify-gateway", "recharge-worker", "reconciler")) {
            assertThat(unlessSaidOtherwise(service(app).at("/environment/SLUICE_TRUSTED_PROXIES"))).as(app).isEqualTo(proxy);
        }
        assertThat(read(FILE)).doesNotContain("SERVER_FORWARD_HEADERS_STRATEGY");
        assertThat(read(ROOT.resolve("docker/nginx.conf"))).contains("proxy_set_header X-Forwarded-For $remote_addr;");
    }

    /// Connections that each send most of a body, and stop, must not end the proxy: S11 of the security review.
    @Test
    void theProxyHasMemoryForAllTheBodiesThatItsConnectionsMaySend() {
        String nginx = read(ROOT.resolve("docker/nginx.conf"));
        // A request needs a connection to its caller and one to its app.
        long requests = number(nginx, "worker_processes (\\d+);") * number(nginx, "worker_connections (\\d+);") / 2;
        long megabytes = requests * number(nginx, "client_body_buffer_size (\\d+)k;") / 1024;

        assertThat(megabytes).isLessThanOrEqualTo(number(service("proxy").get("mem_limit").asString(), "(\\d+)m") / 2);
        assertThat(nginx).contains("proxy_request_buffering off;").contains("limit_conn caller 200;");
        assertThat(number(nginx, "client_body_timeout (\\d+)s;")).isLessThanOrEqualTo(5);
    }

    private static long number(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void noSecretIsInTheFile() {
        services().forEach((name, service) -> service.path("environment").propertyNames().forEach(variable -> assertThat(variable).as(name)
                .matches(any -> any.endsWith("_FILE") || !any.matches(".*(PASSWORD|SECRET|KEY|TOKEN).*"))));
        assertThat(compose.get("secrets").propertyStream()).isNotEmpty()
                .allSatisfy(secret -> assertThat(secret.getValue().get("file").asString()).isEqualTo("./secrets/" + secret.getKey()));
    }

    @Test
    void whoeverVerifiesOrBooksCannotReachMore() {
        assertThat(networks("notify-gateway")).doesNotContainAnyElementsOf(networks("postgres"));
        assertThat(secrets("notify-gateway").keySet()).containsExactlyInAnyOrder("gateway-settings.json", "SLUICE_VERIFYING_KEY",
                "kafka.properties");
        for (String app : List.of("notify-gateway", "recharge-worker")) {
            assertThat(networks(app)).as(app + " cannot call out")
                    .allMatch(network -> compose.at("/networks/" + network + "/internal").asBoolean(false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-api", "notify-gateway", "recharge-worker", "reconciler"})
    void everyAppIsGivenWhatItNeeds(String app) throws Exception {
        Map<String, String> given = new HashMap<>();
        service(app).get("environment").forEachEntry((name, value) -> given.put(name, unlessSaidOtherwise(value)));
        secrets(app).forEach((file, _) -> given.putIfAbsent(file, "0123456789abcdef".repeat(4)));
        if (given.containsKey("SLUICE_SETTINGS")) {
            assertThat(secrets(app)).containsKey(given.get("SLUICE_SETTINGS").replace("/run/secrets/", ""));
            given.put("SLUICE_SETTINGS", Files.writeString(folder.resolve("settings.json"), "{}").toString());
        }

        assertThat(Environment.complaints(given, needs(app))).isEmpty();
        assertThat(given).containsKey("SLUICE_KAFKA").containsEntry("SLUICE_ADDRESS", "0.0.0.0");
        assertThat(given.containsKey("SLUICE_POSTGRES_PASSWORD")).isEqualTo(given.containsKey("SLUICE_POSTGRES"));
        assertThat(service(app).at("/build/args/MODULE").asString()).isEqualTo(app);
        assertThat(read(ROOT.resolve("Dockerfile"))).contains(app);
    }

    @Test
    void theDemoMakesEverySecretAndKeepsTheSigningKeyFromTheGateway() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "openssl"))));
        Path script = Files.createDirectory(folder.resolve("docker")).resolve("demo-secrets.sh");
        Files.copy(ROOT.resolve("docker/demo-secrets.sh"), script);

        Said said = run("sh", script.toString());

        assertThat(said.exit()).as(said.output()).isZero();
        Path made = folder.resolve("secrets");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rwx------");
        compose.get("secrets").propertyNames().forEach(name -> assertThat(made.resolve(name)).isNotEmptyFile());
        for (String app : List.of("order-api", "notify-gateway", "recharge-worker", "reconciler")) {
            String login = made.resolve(app + "-kafka.properties").toString();
            assertThat(KafkaCluster.of("kafka:9092", login, "1", "").security().get("sasl.jaas.config")).asString()
                    .contains("username=\"" + app + "\"");
        }
        Settings full = Settings.read(made.resolve("settings.json"));
        assertThat(channel("wechat").speaking(full)).isPresent();
        assertThat(channel("alipay").speaking(full)).isPresent();
        Settings ofGateway = Settings.read(made.resolve("gateway-settings.json"));
        assertThat(channel("wechat").verifying(ofGateway)).isPresent();
        assertThat(channel("alipay").verifying(ofGateway)).isPresent();
        assertThat(channel("alipay").speaking(ofGateway)).isEmpty();
        assertThat(read(made.resolve("verifying-key"))).isEqualToIgnoringNewLines(
                Keyring.verifyingKey(read(made.resolve("master-key")).strip()));
    }

    /// What the app's own main method asks for.
    private static Environment[] needs(String app) throws IOException {
        try (var sources = Files.walk(ROOT.resolve(app).resolve("src/main/java"))) {
            String main = sources.filter(file -> file.toString().endsWith(".java")).map(ComposeTest::read)
                    .filter(source -> source.contains("Environment.need(")).findFirst().orElseThrow();
            String call = main.substring(main.indexOf("Environment.need("));
            return Pattern.compile("Environment\\.([A-Z_]+)").matcher(call).results().map(need -> Environment.valueOf(need.group(1)))
                    .toArray(Environment[]::new);
        }
    }

    /// `${NAME:-value}` as it is when nobody sets NAME.
    private static String unlessSaidOtherwise(JsonNode value) {
        return value.asString().replaceAll("\\$\\{\\w+:-([^}]*)}", "$1");
    }

    private Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new TreeMap<>();
        compose.get("services").forEachEntry(services::put);
        return services;
    }

    private JsonNode service(String name) {
        return compose.get("services").get(name);
    }

    private List<String> networks(String service) {
        JsonNode networks = service(service).get("networks");
        return networks.isObject() ? List.copyOf(networks.propertyNames()) : texts(networks);
    }

    /// Names of the files in the container, and of the secrets that they hold.
    private Map<String, String> secrets(String service) {
        Map<String, String> secrets = new HashMap<>();
        for (JsonNode secret : service(service).get("secrets")) {
            String source = secret.isString() ? secret.asString() : secret.get("source").asString();
            secrets.put(secret.isString() ? source : secret.get("target").asString(), source);
        }
        return secrets;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private record Said(int exit, String output) {}

    private Said lint(Path file) throws IOException, InterruptedException {
        assertThat(LINTER).as("`npm ci` in docker/ brings it").exists();
        return run(LINTER.toString(), "--config", ROOT.resolve("docker/package.json").toString(), "--max-warnings", "0", file.toString());
    }

    private Said run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " does not end: " + read(output));
        }
        return new Said(process.exitValue(), read(output));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PaymentChannel channel(String code) {
        return PaymentChannels.installed().find(code).orElseThrow();
    }
}
