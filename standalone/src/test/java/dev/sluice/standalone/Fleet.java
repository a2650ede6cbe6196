package dev.sluice.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.setting.Keyring;
import dev.sluice.standalone.embedded.EmbeddedDatabase;
import dev.sluice.standalone.embedded.EmbeddedKafka;
import dev.sluice.standalone.embedded.FreePort;

/// The executable jars as processes of their own, as an operator starts them by hand, on a Kafka and a PostgreSQL that are somewhere
/// else and can be stopped. Two instances of whatever may have two; one reverse proxy.
final class Fleet implements AutoCloseable {
    final Running sluice;
    final Map<String, List<Running>> instances = new HashMap<>();
    final String secret;
    private final Path folder;
    private final int kafkaPort = FreePort.find();
    private final int postgresPort = FreePort.find();
    private EmbeddedKafka kafka;
    private EmbeddedDatabase database;
    private final List<Runnable> open = new ArrayList<>();

    Fleet(Path folder) throws IOException {
        this.folder = folder;
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort);
        database = EmbeddedDatabase.start(folder.resolve("postgres"), postgresPort, TestBinaries.FOLDER);
        Demo demo = Demo.open(folder);
        secret = demo.jwtSecret();
        int port = FreePort.find();
        int sandboxPort = FreePort.find();
        Path settings = demo.writeSettings("http://127.0.0.1:" + port, "http://127.0.0.1:" + sandboxPort);
        Map<String, String> keys = Map.of("SLUICE_SETTINGS", settings.toString(), "SLUICE_MASTER_KEY", demo.masterKey());
        Map<String, String> verifyingKeys = Map.of("SLUICE_SETTINGS", settings.toString(), "SLUICE_VERIFYING_KEY",
                Keyring.verifyingKey(demo.masterKey()));

        Map<String, String> users = Map.of("SLUICE_JWT_SECRET", secret);
        List<Start> starts = new ArrayList<>(List.of(
                new Start("order-api", FreePort.find(), merged(kafka.environment("order-api"), database.environment("orders"), keys,
                        users))));
        Map<String, String> sandbox = new HashMap<>(Map.of("SANDBOX_TIMESCALE", "20"));
        demo.sandboxProperties()
                .forEach((name, value) -> sandbox.put(name.replace(".", "_").replace("-", "").toUpperCase(Locale.ROOT), value));
        starts.add(new Start("provider-sandbox", sandboxPort, sandbox));
        for (int i = 0; i < 2; i++) {
            starts.add(new Start("notify-gateway", FreePort.find(), merged(kafka.environment("notify-gateway"), verifyingKeys)));
            starts.add(new Start("recharge-worker", FreePort.find(),
                    merged(kafka.environment("recharge-worker"), database.environment("ledger"), users)));
            starts.add(
                    new Start("reconciler", FreePort.find(),
                            merged(kafka.environment("reconciler"), database.environment("recon"), keys, users)));
        }
        starts.forEach(start -> instances.computeIfAbsent(start.app(), _ -> new ArrayList<>()).add(start.running(folder)));
        instances.values().forEach(all -> all.forEach(running -> {
            running.awaitReady();
            open.add(running::close);
        }));
        Map<String, Integer> ports = new HashMap<>();
        Routes.BY_APP.keySet().forEach(app -> ports.put(app, balanced(instances.get(app))));
        ReverseProxy proxy = new ReverseProxy(port, ports);
        open.add(proxy::close);
        sluice = Running.at(port, instances.get("order-api").getFirst().managementPort, folder.resolve("log"));
    }

    private record Start(String app, int port, Map<String, String> environment) {
        Running running(Path folder) {
            // The sandbox has its health where everything else of it is.
            int managementPort = app.equals("provider-sandbox") ? port : FreePort.find();
            return Running.begin(List.of("-Xmx320m", "-jar", jar(app).toString()), merged(environment, Map.of("SLUICE_PORT",
                    Integer.toString(port))), folder.resolve(app + "-" + port + ".log"), port, managementPort);
        }
    }

    static Path jar(String app) {
        try (var files = Files.list(Path.of("..", app, "target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar")).findFirst().orElseThrow().toRealPath();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int balanced(List<Running> all) {
        Balancer balancer = new Balancer(all.stream().map(running -> running.port).toList());
        open.add(balancer::close);
        return balancer.port();
    }

    @SafeVarargs
    private static Map<String, String> merged(Map<String, String>... maps) {
        Map<String, String> all = new HashMap<>();
        for (Map<String, String> map : maps) {
            all.putAll(map);
        }
        return all;
    }

    void stopKafka() {
        kafka.close();
    }

    void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort);
    }

    void stopPostgres() {
        database.close();
    }

    void startPostgres() {
        database = EmbeddedDatabase.start(folder.resolve("postgres"), postgresPort, TestBinaries.FOLDER);
    }

    /// The demo merchant's and its providers' keys.
    Properties keys() throws IOException {
        Properties keys = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve("demo/keys.properties"))) {
            keys.load(in);
        }
        return keys;
    }

    JdbcClient database() {
        return database.superuser();
    }

    @Override
    public void close() {
        SecretLeaks left = SecretLeaks.ofDemo(folder).answers(sluice.answers).tables(database());
        open.reversed().forEach(Runnable::run);
        database.close();
        kafka.close();
        instances.values().stream().flatMap(List::stream).forEach(running -> left.logs(running.logFile()));
        left.topics(folder.resolve("kafka")).holdsNoSecret();
    }
}
