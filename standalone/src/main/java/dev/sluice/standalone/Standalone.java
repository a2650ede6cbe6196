package dev.sluice.standalone;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

import dev.sluice.credit.RechargeWorker;
import dev.sluice.edge.Environment;
import dev.sluice.edge.Hosts;
import dev.sluice.edge.TrustedProxies;
import dev.sluice.log.cluster.MisconfiguredException;
import dev.sluice.log.database.DatabaseCheck;
import dev.sluice.notify.NotifyGateway;
import dev.sluice.order.OrderApi;
import dev.sluice.reconcile.Reconciler;
import dev.sluice.sandbox.ProviderSandbox;
import dev.sluice.setting.Keyring;
import dev.sluice.standalone.Apps.App;
import dev.sluice.standalone.command.Commands;
import dev.sluice.standalone.embedded.DataDisk;
import dev.sluice.standalone.embedded.DataLock;
import dev.sluice.standalone.embedded.EmbeddedDatabase;
import dev.sluice.standalone.embedded.EmbeddedKafka;

/// Starts everything in one process: `java -jar`, or with `--demo` for a trial. Ctrl-C ends it; the next start continues from its data.
public final class Standalone implements AutoCloseable {
    private static final int EXIT_MISCONFIGURED = 78;
    private static final int EXIT_DISK_FULL = 1;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private volatile boolean refused;

    private Standalone() {}

    public static void main(String[] args) {
        if (Commands.isCommand(List.of(args))) {
            // Its output is for scripts.
            ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
            System.exit(Commands.run(List.of(args), Environment.withSecrets(System.getenv()),
                    new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                    new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
        }
        Instant started = Instant.now();
        Options options;
        try {
            options = Options.of(List.of(args), Environment.withSecrets(System.getenv()));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(EXIT_MISCONFIGURED);
            return;
        }
        // Kafka starts before the apps set up logging; below warnings its log is of no interest here.
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        // It warns of every start.
        ((Logger) LoggerFactory.getLogger("org.apache.kafka.controller.QuorumController")).setLevel(Level.ERROR);
        Standalone standalone = new Standalone();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            standalone.close();
            standalone.reportFullDisk(options);
        }, "shutdown"));
        EmbeddedKafka.beforeHalt(() -> standalone.reportFullDisk(options));
        try {
            standalone.start(options, started);
        } catch (RuntimeException e) {
            standalone.refused = true;
            System.err.println("Sluice cannot start: " + reason(e));
            System.exit(MisconfiguredException.in(e).isPresent() ? MisconfiguredException.EXIT_CODE : 1);
        }
    }

    /// The last line, unless the start has printed it: what threads that still run would log comes no more.
    private void reportFullDisk(Options options) {
        if (options.embeds() && !refused) {
            DataDisk.fault(options.data()).ifPresent(fault -> {
                ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
                System.err.println("Sluice has ended: " + fault);
            });
        }
    }

    /// The innermost cause is the most specific; the apps have logged the rest.
    private static String reason(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null && !(innermost instanceof MisconfiguredException)) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }

    private void start(Options options, Instant started) {
        claimData(options);
        // Before anything that takes seconds, so that a port that is taken is reported at once.
        PublicServer server = push(PublicServer.open(options.address(), Routes.apps(options.demo()),
                Connections.of(TrustedProxies.of(options.text(TrustedProxies.VARIABLE).orElse("")))));
        ManagementServer management = push(ManagementServer.open(options.management()));
        options.postgres().ifPresent(_ -> DatabaseCheck.of(options.given()).run());
        // Both take seconds and need nothing of each other.
        var database = CompletableFuture.supplyAsync(() -> postgres(options));
        Function<String, Map<String, String>> kafka = kafka(options);
        Function<String, Map<String, String>> postgres = database.join();
        String address = DemoServer.sluice(server.port());
        Optional<Demo> demo = options.demo() ? Optional.of(Demo.open(options.data())) : Optional.empty();
        String jwtSecret = options.text("SLUICE_JWT_SECRET").or(() -> demo.map(Demo::jwtSecret)).orElse("");
        String settings = demo.map(each -> each.writeSettings(address, address).toString()).or(() -> options.text("SLUICE_SETTINGS"))
                .orElse("");
        String masterKey = options.text("SLUICE_MASTER_KEY").or(() -> demo.map(Demo::masterKey)).orElse("");
        Map<String, String> allSettings = Map.of("SLUICE_SETTINGS", settings, "SLUICE_MASTER_KEY", masterKey, "SLUICE_GATEWAY_HOSTS",
                gatewayHosts(options));

        List<App> apps = new ArrayList<>();
        apps.add(new App("recharge-worker", RechargeWorker.application(), Optional.of(server.of("recharge-worker")),
                merged(kafka.apply("recharge-worker"), postgres.apply("ledger"), users(options, jwtSecret))));
        apps.add(new App("order-api", OrderApi.application(), Optional.of(server.of("order-api")),
                merged(kafka.apply("order-api"), postgres.apply("orders"), allSettings, ofOrderApi(options, jwtSecret, server.port()))));
        apps.add(new App("notify-gateway", NotifyGateway.application(), Optional.of(server.of("notify-gateway")),
                merged(kafka.apply("notify-gateway"), LeftOut.withoutView(), Map.of("SLUICE_SETTINGS", settings, "SLUICE_VERIFYING_KEY",
                        masterKey.isBlank() ? "" : Keyring.verifyingKey(masterKey)))));
        apps.add(new App("reconciler", Reconciler.application(), Optional.of(server.of("reconciler")),
                merged(kafka.apply("reconciler"), postgres.apply("recon"), allSettings, users(options, jwtSecret))));
        demo.ifPresent(each -> apps.add(new App("provider-sandbox", ProviderSandbox.application(),
                Optional.of(server.of("provider-sandbox")), merged(each.sandboxProperties(), LeftOut.withoutView()))));

        Apps running = push(Apps.start(apps, logging()));
        management.observe(running.observed());
        demo.ifPresent(_ -> server.add(new DemoServer(server.port(), user -> Demo.token(user, jwtSecret, Clock.systemUTC()))));
        tell(address, demo, jwtSecret, Duration.between(started, Instant.now()));
    }

    private static Map<String, String> ofOrderApi(Options options, String jwtSecret, int port) {
        return merged(users(options, jwtSecret), disk(options), pages(options, port));
    }

    /// The demo's host is one more host.
    private static Map<String, String> pages(Options options, int port) {
        String demoHost = options.demo() ? DemoServer.host(port) : "";
        String hosts = Stream.of(options.text(Hosts.VARIABLE).orElse(""), demoHost).filter(Predicate.not(String::isEmpty))
                .collect(Collectors.joining(","));
        return Map.of(Hosts.VARIABLE, hosts, "sluice.demo", Boolean.toString(options.demo()));
    }

    /// Where data of servers beside this process is.
    private static Map<String, String> disk(Options options) {
        return Map.of("sluice.log.disk.folder", options.embeds() ? options.data().toString() : "");
    }

    private static Map<String, String> users(Options options, String jwtSecret) {
        return Map.of("SLUICE_JWT_SECRET", jwtSecret, "SLUICE_JWT_ISSUER", options.text("SLUICE_JWT_ISSUER").orElse(""),
                "SLUICE_JWT_AUDIENCE", options.text("SLUICE_JWT_AUDIENCE").orElse(""));
    }

    /// What an app is given to connect to Kafka, by its name: at the embedded one, a login of its own.
    private Function<String, Map<String, String>> kafka(Options options) {
        if (options.kafka().isPresent()) {
            return _ -> Map.of("SLUICE_KAFKA", options.kafka().get());
        }
        return push(EmbeddedKafka.start(options.data().resolve("kafka")))::environment;
    }

    /// The providers of the demo are on this machine.
    private static String gatewayHosts(Options options) {
        return options.text("SLUICE_GATEWAY_HOSTS").orElse(options.demo() ? "127.0.0.1,localhost" : "");
    }

    /// By role: what the app of that role needs to connect.
    private Function<String, Map<String, String>> postgres(Options options) {
        if (options.postgres().isPresent()) {
            Map<String, String> one = Map.of("SLUICE_POSTGRES", options.postgres().get(), "SLUICE_POSTGRES_USER",
                    options.text("SLUICE_POSTGRES_USER").orElse(""), "SLUICE_POSTGRES_PASSWORD",
                    options.text("SLUICE_POSTGRES_PASSWORD").orElse(""));
            return _ -> one;
        }
        return push(EmbeddedDatabase.start(options.data().resolve("postgres")))::environment;
    }

    private synchronized <T extends AutoCloseable> T push(T resource) {
        open.push(resource);
        return resource;
    }

    /// Quiet libraries; outside a terminal, lines for machines.
    private static Map<String, String> logging() {
        Map<String, String> properties = new HashMap<>(
                Map.of("logging.level.kafka", "warn", "logging.level.org.apache.kafka", "warn", "logging.level.state.change.logger", "warn",
                        "logging.level.io.zonky", "warn", "logging.level.org.flywaydb", "warn", "logging.level.org.springframework", "warn",
                        "logging.level.com.zaxxer.hikari", "warn", "spring.main.log-startup-info", "false",
                        "logging.level.org.apache.kafka.controller.QuorumController", "error"));
        // Strangers can write what is no request as often as they like.
        properties.put("logging.level.reactor.netty.http.server.HttpServerOperations", "error");
        // One logging system for all apps: the logger identifies the app, not the app that set it up.
        properties.put("logging.pattern.console", "%d{HH:mm:ss.SSS} %-5level [%logger{0}] %msg %kvp{NONE}%n%ex");
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            properties.put("logging.structured.format.console", "ecs");
            properties.put("logging.structured.ecs.service.name", "sluice");
        }
        return properties;
    }

    private void claimData(Options options) {
        push(DataLock.take(options.data()).orElseThrow(() -> new IllegalStateException(
                "another Sluice is running on " + options.data() + ": end it, or set SLUICE_DATA to another folder")));
        if (options.embeds()) {
            push(DataDisk.watch(options.data(), () -> System.exit(EXIT_DISK_FULL)));
        }
    }

    @SafeVarargs
    private static Map<String, String> merged(Map<String, String>... maps) {
        Map<String, String> all = new HashMap<>();
        for (Map<String, String> map : maps) {
            all.putAll(map);
        }
        return all;
    }

    private static void tell(String address, Optional<Demo> demo, String jwtSecret, Duration took) {
        // Before the line that a script may wait for.
        Optional<List<Path>> tokens = demo.map(each -> Arrays.stream(DemoUser.values())
                .map(user -> each.writeToken(user, jwtSecret, Clock.systemUTC())).toList());
        System.out.printf("Sluice is ready at %s after %.1f s.%n", address, took.toMillis() / 1000.0);
        tokens.ifPresent(files -> System.out.print("""
                    Open %1$s

                    Two users' tokens and an operator's are in
                      %2$s
                      %3$s
                      %4$s
                    A payment in three lines (alipay works the same; or scan with the wallet page, %1$s/wallet):

                      curl -s -H "Authorization: Bearer $(cat %2$s)" -H 'Content-Type: application/json' -d '{"amount":10,"payment_method":"wechat"}' %1$s/api/user/wechat/pay | tee order.json
                      curl -s -H 'Content-Type: application/json' -d "{\\"code\\":\\"$(sed 's/.*"pay_url":"\\([^"]*\\)".*/\\1/' order.json)\\"}" %1$s/wallet/api/pay
                      sleep 1; curl -s -H "Authorization: Bearer $(cat %2$s)" %1$s/api/user/quota

                    """.formatted(address, files.get(0), files.get(1), files.get(2))));
        System.out.flush();
    }

    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("while shutting down: " + e);
            }
        }
    }
}
