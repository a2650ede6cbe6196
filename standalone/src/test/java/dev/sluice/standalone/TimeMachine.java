package dev.sluice.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.credit.RechargeWorker;
import dev.sluice.edge.TrustedProxies;
import dev.sluice.notify.NotifyGateway;
import dev.sluice.order.OrderApi;
import dev.sluice.reconcile.Reconciler;
import dev.sluice.sandbox.ProviderSandbox;
import dev.sluice.standalone.Apps.App;
import dev.sluice.standalone.embedded.EmbeddedDatabase;
import dev.sluice.standalone.embedded.EmbeddedKafka;
import dev.sluice.standalone.embedded.FreePort;

/// All apps and the sandbox in this process, with one clock that can be put forward: hours pass in a moment, for everybody alike.
final class TimeMachine implements AutoCloseable {
    final Running sluice;
    final FaultyProxy between;
    final String secret;
    /// It starts some days ago: the times that Kafka is given must not lie in the future.
    private final MovableClock clock = new MovableClock(Duration.ofDays(-3));
    private final EmbeddedDatabase database;
    private final List<Runnable> open = new ArrayList<>();
    private final Map<String, String> moreSecrets = new HashMap<>();
    private final Path folder;

    /// @param settings more of the merchant's settings, by name
    TimeMachine(Path folder, Map<String, Object> settings) throws IOException {
        this.folder = folder;
        EmbeddedKafka kafka = keep(EmbeddedKafka.start(folder.resolve("kafka")), EmbeddedKafka::close);
        database = keep(EmbeddedDatabase.start(folder.resolve("postgres"), FreePort.find(), TestBinaries.FOLDER), EmbeddedDatabase::close);
        Demo demo = Demo.open(folder);
        secret = demo.jwtSecret();
        PublicServer server = keep(PublicServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Routes.apps(true),
                Connections.of(TrustedProxies.NONE)),
                PublicServer::close);
        String address = "http://127.0.0.1:" + server.port();
        between = keep(new FaultyProxy(address), FaultyProxy::close);
        String file = more(demo.writeSettings(address, between.address()), settings);
        Map<String, String> services = Map.of("SLUICE_SETTINGS", file, "SLUICE_MASTER_KEY", demo.masterKey(),
                "SLUICE_JWT_SECRET", secret,
                "logging.level.root", "warn");
        Apps apps = keep(Apps.start(
                List.of(new App("recharge-worker", timed(RechargeWorker.application()), Optional.of(server.of("recharge-worker")),
                        with(kafka.environment("recharge-worker"), database.environment("ledger"))),
                        new App("order-api", timed(OrderApi.application()), Optional.of(server.of("order-api")),
                                with(with(kafka.environment("order-api"), database.environment("orders")), "sluice.reminders.every", "1s")),
                        new App("notify-gateway", timed(NotifyGateway.application()), Optional.of(server.of("notify-gateway")),
                                with(kafka.environment("notify-gateway"), LeftOut.withoutView())),
                        new App("reconciler", timed(Reconciler.application()), Optional.of(server.of("reconciler")),
                                with(kafka.environment("reconciler"), database.environment("recon"))),
                        new App("provider-sandbox", timed(ProviderSandbox.application()), Optional.of(server.of("provider-sandbox")),
                                // Alipay's SDK stamps its calls by the real clock.
                                with(with(demo.sandboxProperties(), LeftOut.withoutView()), "sandbox.alipay.max-clock-skew", "96h"))),
                services), Apps::close);
        ManagementServer management = keep(ManagementServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                ManagementServer::close);
        management.observe(apps.observed());
        sluice = Running.at(server.port(), management.port(), folder.resolve("log"));
        sluice.awaitReady();
    }

    private static Map<String, String> with(Map<String, String> properties, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(more);
        return all;
    }

    private static Map<String, String> with(Map<String, String> properties, String name, String value) {
        Map<String, String> all = new HashMap<>(properties);
        all.put(name, value);
        return all;
    }

    private SpringApplication timed(SpringApplication application) {
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean("movableClock", Clock.class, () -> clock,
                definition -> definition.setPrimary(true)));
        return application;
    }

    private static String more(Path file, Map<String, Object> settings) throws IOException {
        var mapper = tools.jackson.databind.json.JsonMapper.shared();
        var all = mapper.readTree(Files.readString(file)).asObject();
        settings.forEach((name, value) -> all.set(name, mapper.valueToTree(value)));
        return Files.writeString(file, mapper.writeValueAsString(all)).toString();
    }

    private <T> T keep(T resource, Consumer<T> close) {
        open.add(() -> close.accept(resource));
        return resource;
    }

    /// One that must not be left behind either.
    void alsoSecret(String name, String secret) {
        moreSecrets.put(name, secret);
    }

    void forward(Duration by) {
        clock.forward(by);
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
        SecretLeaks left = SecretLeaks.ofDemo(folder, moreSecrets).answers(sluice.answers).tables(database());
        open.reversed().forEach(Runnable::run);
        left.topics(folder.resolve("kafka")).holdsNoSecret();
    }
}
