package dev.sluice.credit;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;

import io.micrometer.core.instrument.MeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.event.EventCodec;
import dev.sluice.event.EventLog;
import dev.sluice.event.HoldReason;
import dev.sluice.event.LatePayment;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.Reading;
import dev.sluice.event.TopUpEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/// The whole worker on a real Kafka and a real PostgreSQL.
class RechargeWorkerIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);
    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext worker;
    private static EventLog log;
    private static JdbcClient jdbc;

    private static int number;

    @BeforeAll
    static void start() throws Exception {
        KAFKA.afterPropertiesSet();
        postgres = EmbeddedPostgres.start();
        worker = startWorker();
        log = EventLog.connect(KAFKA.getBrokersAsString(), "test", Clock.systemUTC());
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
    }

    private static ConfigurableApplicationContext startWorker() {
        return RechargeWorker
                .application()
                .run("--server.port=0", "--SLUICE_KAFKA=" + KAFKA.getBrokersAsString(),
                        "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres");
    }

    @AfterAll
    static void stop() throws Exception {
        log.close();
        worker.close();
        postgres.close();
        KAFKA.destroy();
    }

    @BeforeEach
    void nextNumber() {
        number++;
    }

    @Test
    void creditsOnceHoweverOftenThePaymentIsTold() {
        String trade = "ONCE-" + number;
        log.append(Facts.order(trade, 1000 + number, 7300, 5_000_000));
        for (int i = 0; i < 20; i++) {
            log.append(Facts.payment(trade, "X-" + number, 7300));
        }

        awaitBalance(1000 + number, 5_000_000);
        log.append(Facts.payment(trade, "X-" + number, 7300));
        awaitAllRead();

        assertThat(balance(1000 + number)).isEqualTo(5_000_000);
        assertThat(outcomes(trade)).isNotEmpty().allSatisfy(outcome -> assertThat(outcome).isInstanceOf(QuotaCredited.class));
        assertThat(new HashSet<>(outcomes(trade))).as("the same fact every time").hasSize(1);
        assertTheBooksBalance();
    }

    @Test
    void measuresHowLongThePayerWaitedOnceHoweverOftenThePaymentIsTold() {
        String trade = "WAITED-" + number;
        awaitAllRead();
        var waited = worker.getBean(MeterRegistry.class).get("sluice.paid.to.credited").tag("source", "notification").timer();
        long before = waited.count();
        log.append(List.of(Facts.order(trade, 1000 + number, 100, 7), Facts.payment(trade, "W-" + number, 100)));
        awaitAllRead();

        log.append(Facts.payment(trade, "W-" + number, 100));
        log.append(Facts.payment("NEVER-" + number, "N-" + number, 100));
        awaitAllRead();

        assertThat(waited.count()).isEqualTo(before + 1);
    }

    @Test
    void theMetricsSayHowManyPaymentsAreHeld() {
        var open = worker.getBean(MeterRegistry.class).get("sluice.holds.open").gauge();
        log.append(Facts.payment("NEVER-" + number, "O-" + number, 100));
        awaitAllRead();
        double held = jdbc.sql("select count(*) from ledger.payment where held is not null and resolved is null").query(Double.class)
                .single();

        assertThat(held).isPositive();
        await().atMost(SOON).untilAsserted(() -> assertThat(open.value()).isEqualTo(held));
    }

    @Test
    void holdsASecondPaymentAndOneThatNobodyAskedFor() {
        String trade = "TWICE-" + number;
        log.append(List.of(Facts.order(trade, 1000 + number, 100, 7), Facts.payment(trade, "A-" + number, 100),
                Facts.payment(trade, "B-" + number, 100)));
        log.append(Facts.payment("NEVER-" + number, "C-" + number, 100));

        awaitAllRead();

        assertThat(balance(1000 + number)).isEqualTo(7);
        assertThat(outcomes(trade)).anySatisfy(outcome -> {
            assertThat(outcome).isInstanceOfSatisfying(PaymentHeld.class,
                    held -> assertThat(held.reason()).isEqualTo(HoldReason.DUPLICATE_PAYMENT));
        });
        assertThat(outcomes("NEVER-" + number))
                .singleElement()
                .isInstanceOfSatisfying(PaymentHeld.class, held -> assertThat(held.reason()).isEqualTo(HoldReason.UNKNOWN_ORDER));
    }

    @Test
    void marksAPaymentThatCameAfterTheOrderWasClosed() {
        String late = "LATE-" + number;
        String early = "EARLY-" + number;
        log.append(List.of(Facts.order(late, 1000 + number, 100, 7), Facts.closed(late, LatePayment.CREDIT),
                Facts.payment(late, "L-" + number, 100)));
        log.append(List.of(Facts.order(early, 1000 + number, 100, 7), Facts.payment(early, "E-" + number, 100),
                Facts.closed(early, LatePayment.HOLD)));

        awaitBalance(1000 + number, 14);

        assertThat(outcomes(late)).singleElement().isInstanceOfSatisfying(QuotaCredited.class,
                credited -> assertThat(credited.late()).isTrue());
        assertThat(outcomes(early)).singleElement().isInstanceOfSatisfying(QuotaCredited.class,
                credited -> assertThat(credited.late()).isFalse());
    }

    /// Told one by one, so that the closing is in the ledger when the payment comes, and all at once.
    @Test
    void holdsLateMoneyWhenTheClosingSaysSo() {
        String alone = "HOLD-" + number;
        String together = "HOLDS-" + number;
        log.append(Facts.order(alone, 1000 + number, 100, 7));
        log.append(Facts.closed(alone, LatePayment.HOLD));
        awaitAllRead();
        log.append(Facts.payment(alone, "HL-" + number, 100));
        log.append(List.of(Facts.order(together, 1000 + number, 100, 7), Facts.closed(together, LatePayment.HOLD),
                Facts.payment(together, "HT-" + number, 100)));
        awaitAllRead();

        for (String trade : List.of(alone, together)) {
            assertThat(outcomes(trade)).singleElement().isInstanceOfSatisfying(PaymentHeld.class,
                    held -> assertThat(held.reason()).isEqualTo(HoldReason.LATE_PAYMENT));
        }
        assertThat(balance(1000 + number)).isZero();
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersAndTheRestGoesThrough() throws Exception {
        String trade = "BESIDE-" + number;
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", (Object) KAFKA.getBrokersAsString()), new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("sluice.events", trade, "rubbish".getBytes(StandardCharsets.UTF_8))).get();
            producer.send(new ProducerRecord<>("sluice.events", trade, null)).get();
        }
        log.append(List.of(Facts.order(trade, 1000 + number, 100, 7), Facts.payment(trade, "R-" + number, 100)));

        awaitBalance(1000 + number, 7);

        assertThat(read("sluice.events.dlt").stream().filter(letter -> trade.equals(letter.key()))).hasSize(2);
    }

    @Test
    void aRecordThatTheLedgerCannotTakeStandsAloneAndTheRestGoesThrough() {
        String bad = "BAD-" + number;
        List<TopUpEvent> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(Facts.order(bad + "-" + i, 1000 + number, 1, 1));
            events.add(Facts.payment(bad + "-" + i, "B" + i + "-" + number, 1));
        }
        // An order for nothing: no writer of ours makes it, and the ledger's own check is the last to say so.
        events.add(31, Facts.order(bad, 1000 + number, 0, 1));

        log.append(events);

        awaitBalance(1000 + number, 40);
        awaitAllRead();
        assertThat(read("sluice.events.dlt").stream().map(ConsumerRecord::key).filter(key -> key.startsWith("BAD-"))).containsOnly(bad);
    }

    @Test
    void booksABatchWholeOrNotAtAll() {
        var ledger = worker.getBean(JdbcLedger.class);
        List<Entry> tooMuch = new ArrayList<>();
        // The second credit is more than the account can hold, which only shows when most of the batch is already written.
        for (long quota : new long[]{Long.MAX_VALUE, 1}) {
            String trade = "WHOLE-" + number + "-" + quota;
            tooMuch.add(Facts.entry(Facts.order(trade, 90_000 + number, 1, quota)));
            tooMuch.add(Facts.entry(Facts.payment(trade, trade, 1)));
        }

        assertThatThrownBy(() -> ledger.book(tooMuch)).isInstanceOf(DataIntegrityViolationException.class);

        assertThat(jdbc.sql("select count(*) from ledger.payment where trade_no like 'WHOLE-%'").query(Long.class).single()).isZero();
        assertThat(jdbc.sql("select count(*) from ledger.expected where trade_no like 'WHOLE-%'").query(Long.class).single()).isZero();
    }

    @Test
    void transfersAreAppendOnly() {
        String trade = "FIXED-" + number;
        log.append(List.of(Facts.order(trade, 1000 + number, 100, 7), Facts.payment(trade, "P-" + number, 100)));
        awaitBalance(1000 + number, 7);

        assertThatThrownBy(() -> jdbc.sql("update ledger.transfer set quota = 8 where trade_no = ?").param(trade).update())
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> jdbc.sql("delete from ledger.transfer where trade_no = ?").param(trade).update())
                .hasMessageContaining("append-only");
    }

    /// Several workers at once, as after a rebalance, with the same records in different batches.
    @Test
    void concurrentWorkersCreditOnce() throws Exception {
        var ledger = worker.getBean(JdbcLedger.class);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String trade = "RACE-" + number + "-" + i;
            entries.add(Facts.entry(Facts.order(trade, 50_000 + i % 5, 100, 10)));
            entries.add(Facts.entry(Facts.payment(trade, trade, 100)));
        }
        ledger.book(entries.stream().filter(entry -> entry.fact().event() instanceof dev.sluice.event.OrderCreated).toList());

        try (var threads = Executors.newFixedThreadPool(4)) {
            var runs = new ArrayList<java.util.concurrent.Future<?>>();
            for (int run = 0; run < 4; run++) {
                List<Entry> shuffled = new ArrayList<>(entries);
                Collections.shuffle(shuffled, new Random(run));
                runs.add(threads.submit(() -> {
                    for (int from = 0; from < shuffled.size(); from += 50) {
                        ledger.book(shuffled.subList(from, from + 50));
                    }
                }));
            }
            for (var run : runs) {
                run.get();
            }
        }

        for (int user = 50_000; user < 50_005; user++) {
            assertThat(balance(user)).isEqualTo(400);
        }
        assertTheBooksBalance();
    }

    /// G4: the ledger is a view of the log. A random history is booked, then everything is thrown away and booked again.
    @Test
    void rebuildingFromTheLogGivesTheSameTransfersAndBalances() {
        long seed = System.nanoTime();
        System.out.println("seed of the random history: " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String trade = "HIST-" + number + "-" + i;
            List<TopUpEvent> history = new ArrayList<>();
            if (random.nextInt(10) > 0) {
                history.add(Facts.order(trade, 70_000 + random.nextInt(5), 100, 1 + random.nextInt(1000)));
            }
            for (int j = random.nextInt(6); j > 0; j--) {
                String anyKey = "D" + random.nextInt(2);
                history.add(switch (random.nextInt(6)) {
                    case 0 -> Facts.closed(trade, random.nextBoolean() ? LatePayment.HOLD : LatePayment.CREDIT);
                    case 1 -> Facts.payment(trade, "H" + i + "-" + random.nextInt(3) + "-" + number, 100 + random.nextInt(2));
                    case 2 -> Facts.released(trade, "H" + i + "-" + random.nextInt(3) + "-" + number, anyKey, 70_000 + random.nextInt(5),
                            1 + random.nextInt(1000));
                    case 3 -> Facts.markedForRefund(trade, "H" + i + "-" + random.nextInt(3) + "-" + number, anyKey);
                    default -> Facts.payment(trade, "H" + i + "-" + number, 100);
                });
            }
            if (i % 10 == 0) {
                history.add(Facts.payment(trade, "H" + i + "-W-" + number, 99));
                history.add(Facts.released(trade, "H" + i + "-W-" + number, "W", 70_000, 5));
            }
            log.append(history);
        }
        awaitAllRead();
        assertTheBooksBalance();
        List<Map<String, Object>> transfers = transfers();
        List<Map<String, Object>> balances = balances();
        List<Map<String, Object>> payments = payments();
        assertThat(transfers).hasSizeGreaterThan(50).filteredOn(transfer -> transfer.get("kind").equals("RELEASE"))
                .hasSizeGreaterThanOrEqualTo(30);

        worker.close();
        jdbc.sql("drop schema ledger cascade").update();
        try (var admin = org.apache.kafka.clients.admin.Admin.create(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()))) {
            await().atMost(SOON).until(() -> admin.deleteConsumerGroups(List.of("sluice-recharge-worker")).all().toCompletionStage()
                    .handle((_, e) -> e == null).toCompletableFuture().get());
        }
        worker = startWorker();
        awaitAllRead();

        assertThat(transfers()).isEqualTo(transfers);
        assertThat(balances()).isEqualTo(balances);
        assertThat(payments()).isEqualTo(payments);
        assertTheBooksBalance();
    }

    private static List<Map<String, Object>> transfers() {
        // balance_after depends on the order in which partitions were read, which is nobody's promise.
        return jdbc.sql(
                "select id, trade_no, kind, ref, debit_account, credit_account, quota, late, at from ledger.transfer where trade_no like 'HIST-%' order by trade_no, kind, ref")
                .query().listOfRows();
    }

    private static List<Map<String, Object>> balances() {
        return jdbc.sql("select id, balance from ledger.account where id like 'user:7000%' order by id").query().listOfRows();
    }

    private static List<Map<String, Object>> payments() {
        return jdbc.sql(
                "select provider, transaction_id, trade_no, fen, held, resolved, resolution_key from ledger.payment where trade_no like 'HIST-%' order by provider, transaction_id")
                .query().listOfRows();
    }

    /// G5: per account, and in total: what users hold is what was issued.
    private static void assertTheBooksBalance() {
        assertThat(jdbc.sql("""
                select coalesce(a.id, t.id) from ledger.account a
                full join (select credit_account as id, sum(quota) as total from ledger.transfer group by credit_account) t on t.id = a.id
                where a.balance is distinct from t.total""").query(String.class).list()).isEmpty();
        assertThat(jdbc.sql(
                "select coalesce(sum(balance), 0) = (select coalesce(sum(quota), 0) from ledger.transfer where debit_account = 'issued') from ledger.account")
                .query(Boolean.class).single())
                .isTrue();
    }

    private static void awaitBalance(long user, long balance) {
        await().atMost(SOON).until(() -> balance(user) == balance);
    }

    private static long balance(long user) {
        return jdbc.sql("select balance from ledger.account where id = ?").param("user:" + user).query(Long.class).optional().orElse(0L);
    }

    /// Until the worker has committed the end of the topic; its own outcomes make the end move, so it is looked at again each time.
    private static void awaitAllRead() {
        var registry = worker.getBean(KafkaListenerEndpointRegistry.class);
        await().atMost(SOON).until(() -> registry.getListenerContainers().stream().allMatch(container -> container.isRunning()));
        try (var admin = org.apache.kafka.clients.admin.Admin.create(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()))) {
            await().atMost(SOON).until(() -> {
                var committed = admin.listConsumerGroupOffsets("sluice-recharge-worker").partitionsToOffsetAndMetadata().get();
                Map<TopicPartition, Long> ends = ends("sluice.events");
                return ends.entrySet().stream().allMatch(end -> end.getValue() == 0
                        || (committed.get(end.getKey()) != null && committed.get(end.getKey()).offset() == end.getValue()));
            });
        }
    }

    private static Map<TopicPartition, Long> ends(String topic) {
        try (var consumer = consumer()) {
            return new HashMap<>(consumer.endOffsets(partitions(consumer, topic)));
        }
    }

    private static List<TopUpEvent> outcomes(String trade) {
        await().atMost(SOON).until(() -> !outcomesNow(trade).isEmpty());
        return outcomesNow(trade);
    }

    private static List<TopUpEvent> outcomesNow(String trade) {
        return read("sluice.events")
                .stream()
                .filter(record -> trade.equals(record.key()))
                .map(EventCodec::read)
                .flatMap(reading -> reading instanceof Reading.Fact fact
                        ? java.util.stream.Stream.of(fact.event())
                        : java.util.stream.Stream.empty())
                .filter(event -> event instanceof QuotaCredited || event instanceof PaymentHeld)
                .toList();
    }

    private static List<ConsumerRecord<String, byte[]>> read(String topic) {
        try (var consumer = consumer()) {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
            while (all.size() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()), new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    }
}
