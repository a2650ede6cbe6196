package dev.sluice.credit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.transaction.support.TransactionTemplate;

import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.EventLog;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.follow.Followers;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.Tokens;
import dev.sluice.testing.WrittenLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The whole worker on a real Kafka and a real PostgreSQL.
public final class RunningWorker implements AutoCloseable {
    public static final Duration SOON = Duration.ofSeconds(30);

    private final EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
    private final EmbeddedPostgres postgres;
    private final EventLog log;
    private final JdbcClient jdbc;
    /// Users and trade numbers are handed out once, so that no test meets what another one did.
    private final AtomicLong next = new AtomicLong(100_000);
    private ConfigurableApplicationContext app;

    RunningWorker() {
        kafka.afterPropertiesSet();
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        app = start();
        log = EventLog.connect(KafkaCluster.singleNode(kafka.getBrokersAsString()), "test", Clock.systemUTC());
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
    }

    private ConfigurableApplicationContext start() {
        return RechargeWorker.application().run("--server.port=0", "--management.server.port=0",
                "--SLUICE_KAFKA=" + kafka.getBrokersAsString(),
                "--SLUICE_KAFKA_REPLICATION=1", "--SLUICE_JWT_SECRET=" + Tokens.SECRET,
                "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"), "--spring.datasource.username=postgres");
    }

    /// One worker for all tests that ask for it in their constructor, and one for each class that runs beside others: started for the
    /// first test, ended after the last.
    public static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RunningWorker.class;
        }

        @Override
        public RunningWorker resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> test = context.getRequiredTestClass();
            return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(
                    test.isAnnotationPresent(BesideOthers.class) ? test : RunningWorker.class, _ -> new RunningWorker(),
                    RunningWorker.class);
        }
    }

    public String kafka() {
        return kafka.getBrokersAsString();
    }

    public EventLog log() {
        return log;
    }

    /// A record that the log's own methods would not write.
    public void send(String key, @Nullable String value, Map<String, String> headers) {
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", (Object) kafka()), new StringSerializer(),
                new ByteArraySerializer())) {
            var record = new ProducerRecord<>("sluice.events", key, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
            headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public WrittenLog written() {
        return new WrittenLog(kafka());
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public DataSource database() {
        return postgres.getPostgresDatabase();
    }

    public TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(postgres.getPostgresDatabase()));
    }

    public <T> T bean(Class<T> type) {
        return app.getBean(type);
    }

    public long anotherUser() {
        return anotherUsers(1);
    }

    /// The first of so many new users, whose numbers follow one another.
    public long anotherUsers(int many) {
        return next.getAndAdd(many);
    }

    /// A trade number that no other begins with.
    public String anotherTrade() {
        return "T-" + next.getAndIncrement();
    }

    /// Ends the worker, has something done, and starts it again.
    public void restart(Runnable meanwhile) {
        app.close();
        meanwhile.run();
        app = start();
    }

    /// Throws the ledger away: it has no position then and is made from offset zero. Kafka still has the group's committed offsets.
    public void startFromNothing() {
        restart(() -> jdbc.sql("drop schema ledger cascade").update());
    }

    /// Until the worker has booked all that the log holds, its own outcomes too.
    public void awaitAllRead() {
        await().atMost(SOON).until(() -> bean(Followers.class).allRun());
        await().atMost(SOON).until(() -> positions().equals(written().ends(Topic.EVENTS)) && unpublished() == 0);
    }

    private Map<Integer, Long> positions() {
        Map<Integer, Long> positions = new HashMap<>();
        jdbc.sql("select partition, next_offset from ledger.position").query(row -> {
            positions.put(row.getInt("partition"), row.getLong("next_offset"));
        });
        return positions;
    }

    /// Outcomes that are booked and that the worker has not read in the log, of the partitions that there are.
    public long unpublished() {
        return jdbc.sql("""
                select (select count(*) from ledger.payment where partition < :partitions and (not published or not release_published))
                    + (select count(*) from ledger.refund where partition < :partitions and (not published or not returned_published
                        or not taken_published))""")
                .param("partitions", Topic.EVENTS.partitions(KafkaCluster.singleNode(kafka()))).query(Long.class).single();
    }

    /// What the worker told of an order, each time that it did.
    public List<DecodedRecord.Fact> outcomes(String trade) {
        return written().facts(trade).stream()
                .filter(fact -> fact.event() instanceof QuotaCredited || fact.event() instanceof PaymentHeld).toList();
    }

    public long balance(long user) {
        return jdbc.sql("select balance from ledger.account where id = ?").param("user:" + user).query(Long.class).optional().orElse(0L);
    }

    public void awaitBalance(long user, long balance) {
        await().atMost(SOON).until(() -> balance(user) == balance);
    }

    /// Payments that wait for a person.
    public double undecided() {
        return jdbc.sql("select count(*) from ledger.payment where held is not null and resolved is null").query(Double.class).single();
    }

    /// G5: per account, and in total: what users hold is what was issued, less what refunds took and have reserved.
    public void assertTheBooksBalance() {
        assertThat(jdbc.sql("""
                with moved as (
                    select credit_account as id, quota from ledger.transfer
                    union all select debit_account, -quota from ledger.transfer),
                total as (select id, sum(quota) as total from moved group by id)
                select coalesce(a.id, t.id) from ledger.account a full join (select * from total where id like 'user:%') t on t.id = a.id
                where a.balance is distinct from coalesce(t.total, 0)
                union all
                select id from total where id like 'held:%' and total < 0""").query(String.class).list()).isEmpty();
        assertThat(jdbc.sql("""
                select coalesce(sum(balance), 0) = (select coalesce(sum(case when debit_account = 'issued' then quota
                    when credit_account = 'issued' or kind = 'RESERVE' then case when kind = 'TAKE' then 0 else -quota end
                    when kind = 'RETURN' then quota end), 0) from ledger.transfer)
                from ledger.account""").query(Boolean.class).single()).isTrue();
    }

    @Override
    public void close() throws IOException {
        log.close();
        app.close();
        postgres.close();
        kafka.destroy();
    }
}
