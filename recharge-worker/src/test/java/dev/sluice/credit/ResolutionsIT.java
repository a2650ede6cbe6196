package dev.sluice.credit;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
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
import dev.sluice.event.UserId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/// What persons decide about held money, in the real ledger.
class ResolutionsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final EmbeddedKafkaBroker KAFKA = new EmbeddedKafkaKraftBroker(1, 1);
    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext worker;
    private static JdbcLedger ledger;
    private static JdbcClient jdbc;

    private static int number;
    private String trade = "";
    private long user;

    @BeforeAll
    static void start() throws Exception {
        KAFKA.afterPropertiesSet();
        postgres = EmbeddedPostgres.start();
        worker = RechargeWorker.application().run("--server.port=0", "--SLUICE_KAFKA=" + KAFKA.getBrokersAsString(),
                "--SLUICE_POSTGRES=" + postgres.getJdbcUrl("postgres", "postgres"), "--spring.datasource.username=postgres");
        ledger = worker.getBean(JdbcLedger.class);
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws Exception {
        worker.close();
        postgres.close();
        KAFKA.destroy();
    }

    @BeforeEach
    void nextNumber() {
        number++;
        trade = "R-" + number;
        user = 1000L + number;
    }

    /// G5, after whatever was decided.
    @AfterEach
    void theBooksBalance() {
        assertThat(jdbc.sql("""
                select coalesce(a.id, t.id) from ledger.account a
                full join (select credit_account as id, sum(quota) as total from ledger.transfer group by credit_account) t on t.id = a.id
                where a.balance is distinct from t.total""").query(String.class).list()).isEmpty();
    }

    @Test
    void aReleasedPaymentBecomesTheDecidedQuotaOnceHoweverOftenItIsTold() {
        book(Facts.order(trade, user, 100, 7), Facts.payment(trade, "A" + number, 50));

        List<Outcome> first = book(Facts.released(trade, "A" + number, "k", user, 3));
        List<Outcome> again = book(Facts.released(trade, "A" + number, "k", user, 3), Facts.released(trade, "A" + number, "k", user, 3));

        assertThat(first).singleElement().isInstanceOfSatisfying(Outcome.OfDecision.class, outcome -> {
            assertThat(outcome.fresh()).isTrue();
            assertThat(outcome.credited()).hasValueSatisfying(credited -> {
                assertThat(credited.userId()).isEqualTo(new UserId(user));
                assertThat(credited.quota().units()).isEqualTo(3);
                assertThat(credited.balance().units()).isEqualTo(3);
                assertThat(credited.released()).isTrue();
                assertThat(credited.late()).isFalse();
            });
        });
        assertThat(again).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome.event()).isEqualTo(first.getFirst().event());
            assertThat(((Outcome.OfDecision) outcome).fresh()).isFalse();
        });
        assertThat(transfers()).containsExactly("RELEASE WECHAT A" + number + " 3");
        assertThat(balance(user)).isEqualTo(3);
    }

    @Test
    void paymentAndDecisionInOneBatchAreBookedAsIfTheyCameAlone() {
        TopUpEvent[] all = {Facts.order(trade, user, 100, 7), Facts.payment(trade, "A" + number, 50),
                Facts.released(trade, "A" + number, "k", user, 3), Facts.payment(trade, "B" + number, 100),
                Facts.payment(trade, "C" + number, 100), Facts.markedForRefund(trade, "C" + number, "l")};

        List<TopUpEvent> first = events(book(all));
        List<TopUpEvent> again = events(book(all));

        assertThat(first).hasSize(4).isEqualTo(again);
        assertThat(first.getFirst()).isInstanceOfSatisfying(PaymentHeld.class,
                held -> assertThat(held.reason()).as("still the same fact").isEqualTo(HoldReason.AMOUNT_MISMATCH));
        assertThat(transfers()).containsExactly("CREDIT  7", "RELEASE WECHAT A" + number + " 3");
        assertThat(resolved()).containsExactly("A" + number + " CREDIT k", "C" + number + " REFUND l");
        assertThat(balance(user)).isEqualTo(10);
    }

    @Test
    void theFirstDecisionInTheLogCounts() {
        book(Facts.payment(trade, "A" + number, 50), Facts.payment(trade, "B" + number, 50));

        List<Outcome> together = book(Facts.markedForRefund(trade, "A" + number, "first"),
                Facts.released(trade, "A" + number, "second", user, 3), Facts.released(trade, "B" + number, "third", user, 4));
        List<Outcome> later = book(Facts.markedForRefund(trade, "B" + number, "fourth"));

        assertThat(together.stream().map(outcome -> outcome.getClass().getSimpleName())).containsExactly("OfDecision", "Ignored",
                "OfDecision");
        assertThat(together.getFirst().event()).as("money to be given back brings nobody quota").isEmpty();
        assertThat(later).singleElement().isInstanceOf(Outcome.Ignored.class);
        assertThat(resolved()).containsExactly("A" + number + " REFUND first", "B" + number + " CREDIT third");
        assertThat(balance(user)).as("of an order that we never issued, to a named user").isEqualTo(4);
    }

    @Test
    void aDecisionAboutWhatIsNotHeldChangesNothing() {
        book(Facts.order(trade, user, 100, 7), Facts.payment(trade, "A" + number, 100), Facts.payment(trade, "B" + number, 100));

        List<Outcome> outcomes = book(
                Facts.released(trade, "A" + number, "credited", user, 3),
                Facts.released(trade, "NEVER" + number, "never came", user, 3),
                Facts.released("OTHER-" + number, "B" + number, "of another order", user, 3),
                Facts.released(trade, "C" + number, "before it came", user, 3),
                Facts.payment(trade, "C" + number, 100));

        assertThat(outcomes.stream().filter(Outcome.Ignored.class::isInstance)).hasSize(4);
        assertThat(resolved()).isEmpty();
        assertThat(balance(user)).isEqualTo(7);
    }

    @Test
    void theRightPaymentIsCreditedAlsoAfterAWrongOneWasReleased() {
        book(Facts.order(trade, user, 100, 7), Facts.payment(trade, "A" + number, 50));
        book(Facts.released(trade, "A" + number, "k", user, 3));

        List<Outcome> outcomes = book(Facts.payment(trade, "B" + number, 100), Facts.payment(trade, "A" + number, 50));

        assertThat(events(outcomes)).satisfiesExactly(
                right -> assertThat(((QuotaCredited) right).released()).isFalse(),
                wrong -> assertThat(wrong).isInstanceOf(PaymentHeld.class));
        assertThat(balance(user)).isEqualTo(10);
    }

    @Test
    void lateMoneyIsHeldAgainAfterSomeWasReleased() {
        book(Facts.order(trade, user, 100, 7), Facts.closed(trade, LatePayment.HOLD), Facts.payment(trade, "A" + number, 100));
        List<Outcome> released = book(Facts.released(trade, "A" + number, "k", user, 7));

        List<Outcome> outcomes = book(Facts.payment(trade, "B" + number, 100));

        assertThat(((QuotaCredited) events(released).getFirst()).late()).isTrue();
        assertThat(events(outcomes)).singleElement().isInstanceOfSatisfying(PaymentHeld.class,
                held -> assertThat(held.reason()).isEqualTo(HoldReason.LATE_PAYMENT));
        assertThat(balance(user)).isEqualTo(7);
    }

    @Test
    void aReleaseThatTheAccountCannotTakeIsNotWrittenDownEither() {
        book(Facts.payment(trade, "A" + number, 50), Facts.payment(trade, "B" + number, 50));
        book(Facts.released(trade, "A" + number, "k", user, Long.MAX_VALUE));

        assertThatThrownBy(() -> book(Facts.released(trade, "B" + number, "l", user, 1)))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(resolved()).containsExactly("A" + number + " CREDIT k");
    }

    /// Several workers at once, as after a rebalance, with the same records in different batches.
    @Test
    void concurrentWorkersReleaseOnce() throws Exception {
        List<TopUpEvent> payments = new ArrayList<>();
        List<TopUpEvent> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            payments.add(Facts.payment(trade + "-" + i, trade + "-" + i, 50));
            all.add(Facts.payment(trade + "-" + i, trade + "-" + i, 50));
            all.add(Facts.released(trade + "-" + i, trade + "-" + i, "k", 50_000 + i % 5, 10));
            all.add(Facts.released(trade + "-" + i, trade + "-" + i, "l", 50_000 + (i + 1) % 5, 10));
            all.add(Facts.order(trade + "_" + i, 50_000 + i % 5, 100, 1));
            all.add(Facts.payment(trade + "_" + i, trade + "_" + i, 100));
        }
        book(payments.toArray(TopUpEvent[]::new));

        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> runs = new ArrayList<>();
            for (int run = 0; run < 4; run++) {
                List<TopUpEvent> shuffled = new ArrayList<>(all);
                Collections.shuffle(shuffled, new Random(run));
                runs.add(() -> {
                    for (int from = 0; from < shuffled.size(); from += 50) {
                        book(shuffled.subList(from, from + 50).toArray(TopUpEvent[]::new));
                    }
                    return true;
                });
            }
            for (Future<Boolean> run : threads.invokeAll(runs)) {
                run.get();
            }
        }

        assertThat(jdbc.sql("select count(*) from ledger.transfer where kind = 'RELEASE' and trade_no like ?").param(trade + "-%")
                .query(Long.class).single()).isEqualTo(200);
        assertThat(jdbc.sql("select sum(balance) from ledger.account where id like 'user:5000_'").query(Long.class).single())
                .isGreaterThanOrEqualTo(2000);
    }

    @Test
    void tellsTheLogAndCountsNoLongerAsOpen() {
        var open = worker.getBean(MeterRegistry.class).get("sluice.holds.open").gauge();
        try (EventLog log = EventLog.connect(KAFKA.getBrokersAsString(), "test", Clock.systemUTC())) {
            log.append(Facts.payment(trade, "A" + number, 50));
            await().atMost(SOON).until(() -> told().size() == 1);
            double before = undecided();
            await().atMost(SOON).until(() -> open.value() == before);

            log.append(Facts.released(trade, "A" + number, "k", user, 3));
            log.append(Facts.released(trade, "A" + number, "k", user, 3));
            log.append(Facts.markedForRefund(trade, "A" + number, "l"));
            log.append(Facts.payment(trade, "A" + number, 50));

            await().atMost(SOON).until(() -> told().size() == 4);
            assertThat(told().stream().filter(fact -> fact.event() instanceof QuotaCredited).map(Reading.Fact::id).distinct()).hasSize(1);
            assertThat(told().stream().filter(fact -> fact.event() instanceof PaymentHeld).map(Reading.Fact::id).distinct()).hasSize(1);
            await().atMost(SOON).until(() -> open.value() == before - 1);
            assertThat(balance(user)).isEqualTo(3);
        }
    }

    private static List<Outcome> book(TopUpEvent... events) {
        return ledger.book(Stream.of(events).map(Facts::entry).toList());
    }

    private static List<TopUpEvent> events(List<Outcome> outcomes) {
        return outcomes.stream().flatMap(outcome -> outcome.event().stream()).toList();
    }

    private List<String> transfers() {
        return jdbc.sql("select concat_ws(' ', kind, ref, quota) from ledger.transfer where trade_no = ? order by kind, ref").param(trade)
                .query(String.class).list();
    }

    private List<String> resolved() {
        return jdbc.sql("""
                select concat_ws(' ', transaction_id, resolved, resolution_key) from ledger.payment
                where trade_no = ? and resolved is not null order by transaction_id""").param(trade).query(String.class).list();
    }

    private static long balance(long user) {
        return jdbc.sql("select balance from ledger.account where id = ?").param("user:" + user).query(Long.class).optional().orElse(0L);
    }

    private static double undecided() {
        return jdbc.sql("select count(*) from ledger.payment where held is not null and resolved is null").query(Double.class).single();
    }

    /// What the worker told of the order, each time that it did.
    private List<Reading.Fact> told() {
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", KAFKA.getBrokersAsString()), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor("sluice.events").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            List<Reading.Fact> facts = new ArrayList<>();
            for (long read = 0; read < end;) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    read++;
                    if (trade.equals(record.key()) && EventCodec.read(record) instanceof Reading.Fact fact
                            && (fact.event() instanceof QuotaCredited || fact.event() instanceof PaymentHeld)) {
                        facts.add(fact);
                    }
                }
            }
            return facts;
        }
    }
}
