package dev.sluice.credit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import dev.sluice.log.NotAppendedException;
import dev.sluice.log.Topic;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.log.copy.LogCopy;
import dev.sluice.log.rebuild.Difference;
import dev.sluice.log.rebuild.Pace;
import dev.sluice.log.rebuild.Progress;
import dev.sluice.log.rebuild.Rebuild;
import dev.sluice.log.rebuild.RebuildRefusedException;
import dev.sluice.log.rebuild.RebuildRefusedException.Code;
import dev.sluice.log.rebuild.schema.RebuildDatabase;
import dev.sluice.log.rebuild.schema.RebuiltSchema;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.Facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/// G4: the log makes the same ledger again, beside the live one and while it works. On a real Kafka and a real PostgreSQL.
@BesideOthers
@ExtendWith(RunningWorker.Shared.class)
class LedgerRebuildIT {
    private final RunningWorker worker;
    private final String trade;
    private final long user;
    private final AtomicInteger paid = new AtomicInteger();

    LedgerRebuildIT(RunningWorker worker) {
        this.worker = worker;
        trade = worker.anotherTrade();
        user = worker.anotherUser();
    }

    @AfterEach
    void theBooksBalance() {
        try (Rebuild rebuild = rebuild()) {
            rebuild.drop();
        }
        worker.assertTheBooksBalance();
    }

    @Test
    void everyTableOfTheSchemaIsNamed() {
        assertThat(LedgerRebuild.schema().faults(worker.jdbc())).isEmpty();
    }

    @Test
    void theShadowEqualsTheLiveTablesAndTakesTheirPlaceUnderLoad() throws Exception {
        pay(50);
        held();
        worker.send(trade, "rubbish", Map.of());
        AtomicBoolean over = new AtomicBoolean();
        Thread load = Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                pay(5);
            }
        });
        List<Progress> progress = new ArrayList<>();
        String before;
        try (Rebuild rebuild = rebuild()) {
            rebuild.run(Optional.empty(), progress::add);
            assertThat(rebuild.compare().first()).isEmpty();
            assertThat(rebuild.compare().rows().get("transfer")).isGreaterThanOrEqualTo(50);

            before = rebuild.swap();
        }
        int atTheSwap = paid.get();
        while (paid.get() < atTheSwap + 50) {
            Thread.onSpinWait();
        }
        over.set(true);
        load.join();
        worker.awaitBalance(user, 10L * paid.get());
        worker.awaitAllRead();

        assertThat(progress.getFirst().total()).isPositive();
        assertThat(worker.jdbc().sql("select count(*) from ledger.transfer t where trade_no like ? and not exists (select from " + before
                + ".transfer b where b.id = t.id)").param(trade + "-%").query(Integer.class).single()).as("booked since the swap")
                .isGreaterThanOrEqualTo(45);
        for (int i = 0; i < paid.get(); i += 7) {
            assertThat(worker.outcomes(trade + "-" + i)).as("told once").hasSize(1);
        }
        try (Rebuild again = rebuild()) {
            again.run(Optional.empty(), _ -> {});
            assertThat(again.compare().first()).as("what was booked around the swap").isEmpty();
        }
    }

    @Test
    void aChangedRowAndAMissingRowAreNamed() {
        pay(3);
        worker.awaitBalance(user, 30);
        worker.awaitAllRead();
        try (Rebuild rebuild = rebuild()) {
            rebuild.run(Optional.empty(), _ -> {});
            worker.jdbc().sql("update ledger.account set balance = balance + 1 where id = ?").param("user:" + user).update();
            assertThat(rebuild.compare().first()).contains(new Difference("ledger.account", "(user:" + user + ")", "balance", "31", "30"));
            worker.jdbc().sql("update ledger.account set balance = balance - 1 where id = ?").param("user:" + user).update();

            worker.jdbc().sql("insert into ledger.account (id, balance) values ('user:0000', 0)").update();
            assertThat(rebuild.compare().first()).contains(new Difference("ledger.account", "(user:0000)", "", "present", "missing"));
            worker.jdbc().sql("delete from ledger.account where id = 'user:0000'").update();
            assertThat(rebuild.compare().first()).isEmpty();
        }
    }

    /// The live ledger is wrong, and the log is right.
    @Test
    void theSwapMendsALedgerThatLostRows() {
        pay(3);
        worker.awaitBalance(user, 30);
        worker.awaitAllRead();
        worker.jdbc().sql("update ledger.account set balance = 5 where id = ?").param("user:" + user).update();
        worker.jdbc().sql("delete from ledger.payment where trade_no = ?").param(trade + "-1").update();
        int facts = worker.written().records(Topic.EVENTS).size();
        try (Rebuild rebuild = rebuild()) {
            rebuild.run(Optional.empty(), _ -> {});
            assertThat(rebuild.compare().isEqual()).isFalse();

            rebuild.swap();
        }
        worker.awaitBalance(user, 30);
        worker.awaitAllRead();
        assertThat(worker.written().records(Topic.EVENTS)).as("a rebuild adds nothing to the log").hasSize(facts);
    }

    @Test
    void aRebuildFromATimeBeginsWithTheLiveRows() {
        pay(3);
        worker.awaitBalance(user, 30);
        worker.awaitAllRead();
        Instant since = Instant.now();
        pay(3);
        worker.awaitBalance(user, 60);
        worker.awaitAllRead();
        try (Rebuild rebuild = rebuild()) {
            assertThat(rebuild.plan(Optional.of(since)).records().get("ledger")).isBetween(9L, 12L);

            rebuild.run(Optional.of(since), _ -> {});

            assertThat(rebuild.compare().first()).isEmpty();
        }
    }

    /// The embedded start grows into a cluster.
    @Test
    void theLedgerIsTheSameFromACopyOfTheLogWithOtherPartitions() {
        pay(30);
        held();
        worker.awaitBalance(user, 300);
        worker.awaitAllRead();
        var broker = new EmbeddedKafkaKraftBroker(1, 1);
        broker.afterPropertiesSet();
        try {
            KafkaCluster cluster = KafkaCluster.of(broker.getBrokersAsString(), "", "1", "5");
            try (LogCopy copy = LogCopy.between(KafkaCluster.singleNode(worker.kafka()), cluster, _ -> {})) {
                assertThat(copy.run().isVerified()).isTrue();
            }
            try (Rebuild rebuild = Rebuild.of(LedgerRebuild.schema(), RebuildDatabase.of(worker.database()), cluster, Rebuild.Source.OTHER,
                    Pace.FULL)) {
                rebuild.run(Optional.empty(), _ -> {});

                assertThat(rebuild.compare().first()).isEmpty();
                assertThat(worker.jdbc().sql("select count(distinct partition) from ledger_shadow.payment").query(Integer.class).single())
                        .isEqualTo(5);
            }
        } finally {
            broker.destroy();
        }
    }

    @Test
    void whatWouldLoseOrDoubleSomethingIsRefused() {
        worker.awaitAllRead();
        worker.jdbc().sql("drop schema if exists ledger_shadow cascade").update();
        try (Rebuild rebuild = rebuild()) {
            assertThat(refused(rebuild::swap)).isEqualTo(Code.NO_SHADOW);
            assertThat(refused(rebuild::compare)).isEqualTo(Code.NO_SHADOW);
            assertThat(refused(this::rebuild)).isEqualTo(Code.ANOTHER_RUNS);
            rebuild.run(Optional.empty(), _ -> {});

            worker.jdbc().sql("update ledger_shadow.position set next_offset = next_offset + 1 where partition = 0").update();
            assertThat(refused(rebuild::swap)).as("a shadow that is ahead").isEqualTo(Code.OTHER_POSITION);
            worker.jdbc().sql("insert into ledger.position (view, topic, partition, next_offset) values ('other', 'x', 0, 0)").update();
            assertThat(refused(rebuild::compare)).isEqualTo(Code.OTHER_POSITION);
            worker.jdbc().sql("delete from ledger.position where view = 'other'").update();
            worker.jdbc().sql("update ledger.flyway_schema_history set checksum = checksum + 1 where version = '1'").update();
            assertThat(refused(rebuild::swap)).isEqualTo(Code.OTHER_VERSION);
            worker.jdbc().sql("update ledger.flyway_schema_history set checksum = checksum - 1 where version = '1'").update();
        }
        worker.jdbc().sql("create table ledger.unnamed (id int)").update();
        assertThat(refused(this::rebuild)).isEqualTo(Code.TABLES_NOT_NAMED);
        worker.jdbc().sql("drop table ledger.unnamed").update();
    }

    private static Code refused(ThrowingCallable act) {
        return catchThrowableOfType(RebuildRefusedException.class, act).code();
    }

    private Rebuild rebuild() {
        RebuiltSchema schema = LedgerRebuild.schema();
        return Rebuild.of(schema, RebuildDatabase.of(worker.database()), KafkaCluster.singleNode(worker.kafka()), Rebuild.Source.OF_LIVE,
                Pace.FULL);
    }

    private void pay(int orders) {
        for (int i = 0; i < orders; i++) {
            String number = trade + "-" + paid.get();
            try {
                worker.log().append(List.of(Facts.order(number, user, 100, 10), Facts.payment(number, "P-" + number, 100)));
                paid.incrementAndGet();
            } catch (NotAppendedException e) {
                // Appended again under the same number: the same facts.
            }
        }
    }

    private void held() {
        String number = trade + "-held";
        worker.log().append(List.of(Facts.order(number, user, 100, 10), Facts.payment(number, "P-" + number, 99)));
    }
}
