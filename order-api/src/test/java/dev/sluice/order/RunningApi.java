package dev.sluice.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.log.EventLog;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.order.answer.DescriptionConfiguration;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.Tokens;
import dev.sluice.testing.WrittenLog;

/// An order API on a real Kafka and a real PostgreSQL of its own. Several can live in one JVM, and one can end without hurting another.
public final class RunningApi implements AutoCloseable {
    public static final Duration SOON = Duration.ofSeconds(20);
    public static final long OPERATOR = 1;
    /// Another address of this machine, for what comes through a reverse proxy.
    public static final String PROXY = "127.0.0.2";
    /// Users and trade numbers are handed out once in a JVM, so that no test meets what another one did.
    private static final AtomicLong NEXT = new AtomicLong(100_000);

    private final EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
    private final EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext app;
    private final WebTestClient http;
    private final EventLog log;
    private boolean kafkaEnded;

    /// Nobody is reminded of old orders, and nothing is forgotten by itself: the tests count how often each thing is told.
    private RunningApi(String... arguments) throws IOException {
        kafka.afterPropertiesSet();
        postgres = EmbeddedPostgres.start();
        List<String> all = new ArrayList<>(
                List.of("--server.port=0", "--management.server.port=0", "--SLUICE_KAFKA_REPLICATION=1",
                        "--SLUICE_KAFKA=" + kafka.getBrokersAsString(),
                        "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"), "--spring.datasource.username=postgres",
                        "--SLUICE_JWT_SECRET=" + Tokens.SECRET, "--sluice.reminders.every=1d",
                        "--sluice.timeline.forget-every=1d",
                        "--springdoc.api-docs.path=/v3/made", "--springdoc.paths-to-match=/api/**",
                        "--springdoc.override-with-generic-response=false"));
        for (String argument : arguments) {
            all.removeIf(other -> other.startsWith(argument.substring(0, argument.indexOf('=') + 1)));
            all.add(argument);
        }
        SpringApplication application = OrderApi.application();
        application.addPrimarySources(List.of(DescriptionConfiguration.class));
        application.addInitializers(context -> ((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class,
                RunningApi::ownLoops));
        app = application.run(all.toArray(String[]::new));
        http = WebTestClient.bindToServer(new ReactorClientHttpConnector()).baseUrl("http://127.0.0.1:" + port())
                .responseTimeout(Duration.ofSeconds(30)).build();
        log = EventLog.connect(KafkaCluster.singleNode(kafka.getBrokersAsString()), "test", Clock.systemUTC());
    }

    /// Else the first app that is closed would end Reactor Netty's global loops, and with them the servers of all others in the JVM.
    private static ReactorResourceFactory ownLoops() {
        var loops = new ReactorResourceFactory();
        loops.setUseGlobalResources(false);
        loops.setShutdownQuietPeriod(Duration.ZERO);
        return loops;
    }

    /// With settings from a file, as many are.
    public static RunningApi withSettings(Map<String, ?> settings, String... arguments) throws IOException {
        Path file = Files.createTempFile("settings", ".json");
        try {
            Files.writeString(file, JsonMapper.shared().writeValueAsString(settings));
            return new RunningApi(Stream.concat(Stream.of("--SLUICE_SETTINGS=" + file), Arrays.stream(arguments)).toArray(String[]::new));
        } finally {
            Files.delete(file);
        }
    }

    /// With none but what operators will set.
    public static RunningApi withMasterKey(String masterKey) throws IOException {
        return new RunningApi("--SLUICE_MASTER_KEY=" + masterKey);
    }

    /// The same, where gateways may be on these hosts, too.
    public static RunningApi withMasterKey(String masterKey, String gatewayHosts) throws IOException {
        return new RunningApi("--SLUICE_MASTER_KEY=" + masterKey, "--SLUICE_GATEWAY_HOSTS=" + gatewayHosts);
    }

    public int port() {
        return app.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /// Whether this machine can be called over IPv6.
    public static boolean hasIpv6() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    public String kafka() {
        return kafka.getBrokersAsString();
    }

    /// Tells the log, as other apps would.
    public EventLog log() {
        return log;
    }

    public WrittenLog written() {
        return new WrittenLog(kafka());
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(database());
    }

    /// With connections that are not the app's.
    public DataSource database() {
        return postgres.getPostgresDatabase();
    }

    public <T> T bean(Class<T> type) {
        return app.getBean(type);
    }

    /// The log is told that ten were paid and credited, as the gateway and the worker would tell it.
    public void credit(String number, Client user) {
        credit(number, user, Providers.WECHAT);
    }

    /// The same, paid at this provider.
    public void credit(String number, Client user, Provider provider) {
        String transaction = "X-" + number;
        log.append(Facts.payment(number, transaction, Money.ofFen(7300), provider,
                provider.equals(Providers.WECHAT) ? SharedApi.MERCHANT : SharedApi.ALIPAY_MERCHANT));
        log.append(Facts.credited(number, transaction, user.id(), 5_000_000));
    }

    /// Somebody without a token.
    public WebTestClient anybody() {
        return http;
    }

    /// Somebody who can reach the management port.
    public WebTestClient management() {
        return http.mutate().baseUrl("http://127.0.0.1:" + app.getEnvironment().getProperty("local.management.port")).build();
    }

    /// A user whom no test has met.
    public Client anotherUser() {
        return user(NEXT.getAndIncrement(), "");
    }

    public Client user(long id, String group) {
        return new Client(id, http, Tokens.of(id, "group", group));
    }

    public Client operator() {
        return withRole(OPERATOR, "operator");
    }

    /// A person who may change settings, and nothing else.
    public Client admin() {
        return withRole(OPERATOR, "admin");
    }

    public Client withRole(long id, @Nullable String role) {
        return new Client(id, http, Tokens.of(id, "role", role));
    }

    /// A trade number that no test has used, and that no other begins with.
    public String anotherNumber() {
        return "T-" + NEXT.getAndIncrement();
    }

    public void endKafka() {
        if (!kafkaEnded) {
            kafkaEnded = true;
            kafka.destroy();
        }
    }

    public void endPostgres() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        log.close();
        app.close();
        endPostgres();
        endKafka();
    }
}
