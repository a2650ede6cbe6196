package dev.sluice.credit;

import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.sluice.credit.ledger.LedgerFacts;
import dev.sluice.log.Topic;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.Facts;
import dev.sluice.testing.SchemaCopy;

import static dev.sluice.credit.RunningWorker.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The ledger knows how much of the log it holds, and which outcomes the log has: on a real Kafka and a real PostgreSQL.
@BesideOthers
@ExtendWith(RunningWorker.Shared.class)
class LedgerViewIT {
    private final RunningWorker worker;
    private final String trade;
    private final long user;

    LedgerViewIT(RunningWorker worker) {
        this.worker = worker;
        trade = worker.anotherTrade();
        user = worker.anotherUser();
    }

    @AfterEach
    void theBooksBalance() {
        worker.assertTheBooksBalance();
    }

    /// G9: a standby without the last transactions was promoted, or a backup was restored, while payments went on.
    @Test
    void aDatabaseThatWentBackInTimeIsMadeGoodAndNothingIsAppendedAgain() {
        pay("before", 10);
        worker.awaitAllRead();
        SchemaCopy copy = SchemaCopy.of(worker.jdbc(), "ledger");
        for (int i = 0; i < 20; i++) {
            pay("lost-" + i, 10);
        }
        worker.awaitBalance(user, 210);
        worker.awaitAllRead();

        copy.restore();
        pay("after", 10);

        worker.awaitBalance(user, 220);
        worker.awaitAllRead();
        for (int i = 0; i < 20; i++) {
            assertThat(worker.outcomes(trade + "-lost-" + i)).as("the log had it").hasSize(1);
        }
    }

    @Test
    void aPositionBeyondTheEndOfTheLogPausesThePartition() {
        pay("a", 10);
        worker.awaitAllRead();
        int partition = records(trade + "-a").getFirst().partition();
        long position = worker.written().ends(Topic.EVENTS).get(partition);

        worker.restart(() -> moveTo(partition, position + 1000));

        await().atMost(SOON).until(() -> paused("ahead_of_log") == 1);
        moveTo(partition, position);
        await().atMost(SOON).until(() -> paused("ahead_of_log") == 0);
        pay("a", 10);
        worker.awaitAllRead();
    }

    /// An instance of a newer version starts beside this one and migrates first.
    @Test
    void aColumnThatThisVersionDoesNotFillSetsNothingAside() {
        worker.awaitAllRead();
        worker.jdbc().sql("alter table ledger.payment add column later integer").update();
        worker.jdbc().sql("alter table ledger.payment add constraint later_not_null check (later is not null) not valid").update();
        for (int i = 0; i < 30; i++) {
            pay("new-" + i, 10);
        }
        await().atMost(SOON).until(() -> paused("many_refused") + paused("record_refused") > 0);
        assertThat(worker.balance(user)).isZero();

        worker.jdbc().sql("alter table ledger.payment drop column later").update();

        worker.awaitBalance(user, 300);
        worker.awaitAllRead();
        assertThat(worker.written().records(Topic.DEAD_LETTERS)).noneMatch(letter -> letter.key().startsWith(trade));
    }

    @Test
    void aRebuildGivesTheSameLedgerAndAppendsNothing() {
        for (int i = 0; i < 20; i++) {
            pay(Integer.toString(i), 10);
        }
        worker.log().append(Facts.payment(trade + "-unknown", "U-" + trade, 100));
        worker.log().append(LedgerFacts.release(trade + "-unknown", "U-" + trade, "k", user, 5));
        worker.awaitBalance(user, 205);
        worker.send(trade, "rubbish", Map.of());
        worker.awaitAllRead();
        var ends = worker.written().ends(Topic.EVENTS);
        int letters = worker.written().records(Topic.DEAD_LETTERS).size();

        worker.startFromNothing();
        worker.awaitAllRead();

        assertThat(worker.balance(user)).isEqualTo(205);
        assertThat(worker.written().ends(Topic.EVENTS)).isEqualTo(ends);
        assertThat(worker.written().records(Topic.DEAD_LETTERS)).hasSize(letters);
    }

    @Test
    void whatWasBookedAndNotAppendedBeforeACrashIsAppendedAfterIt() {
        worker.awaitAllRead();
        worker.restart(() -> {
            pay("crash", 10);
            var records = records(trade + "-crash");
            LedgerFacts.bookOnly(worker.jdbc(), worker.transaction(), records);
            moveTo(records.getLast().partition(), records.getLast().offset() + 1);
        });

        await().atMost(SOON).until(() -> worker.outcomes(trade + "-crash").size() == 1);
        worker.awaitAllRead();
        assertThat(worker.outcomes(trade + "-crash")).hasSize(1);
        assertThat(worker.balance(user)).isEqualTo(10);
    }

    /// The worker cannot read to the end of the partition, and the payer must not wait for it.
    @Test
    void whatWasBookedBeforeARecordThatPausesThePartitionIsAppendedOnce() {
        worker.awaitAllRead();
        String number = trade + "-halted";
        worker.restart(() -> {
            pay("halted", 10);
            var records = records(number);
            LedgerFacts.bookOnly(worker.jdbc(), worker.transaction(), records);
            moveTo(records.getLast().partition(), records.getLast().offset() + 1);
            worker.send(number, "{}",
                    Map.of("ce_specversion", "1.0", "ce_type", "dev.sluice.Surprise.v1", "ce_id", "1", "ce_source", "/sluice/newer"));
        });

        await().atMost(SOON).until(() -> worker.outcomes(number).size() == 1);
        await().atMost(SOON).until(() -> paused("newer_writer") == 1);
        var halted = records(number).get(2);
        worker.jdbc().sql("update ledger.position set set_aside_up_to = :offset where partition = :partition")
                .params(Map.of("offset", halted.offset(), "partition", halted.partition())).update();

        worker.awaitAllRead();
        assertThat(worker.outcomes(number)).hasSize(1);
        assertThat(worker.written().records(Topic.DEAD_LETTERS)).filteredOn(letter -> number.equals(letter.key())).hasSize(1);
    }

    @Test
    void whatWasAppendedBeforeACrashIsFoundAndNotAppendedAgain() {
        pay("crash", 10);
        worker.awaitAllRead();
        assertThat(worker.outcomes(trade + "-crash")).hasSize(1);
        worker.restart(() -> {
            var outcome = records(trade + "-crash").getLast();
            worker.jdbc().sql("update ledger.payment set published = false where trade_no = ?").param(trade + "-crash").update();
            moveTo(outcome.partition(), outcome.offset());
        });

        worker.awaitAllRead();

        assertThat(worker.outcomes(trade + "-crash")).hasSize(1);
    }

    private void pay(String which, long quota) {
        String number = trade + "-" + which;
        worker.log().append(List.of(Facts.order(number, user, 100, quota), Facts.payment(number, "P-" + number, 100)));
    }

    private List<ConsumerRecord<String, byte[]>> records(String number) {
        return worker.written().records(Topic.EVENTS).stream().filter(record -> number.equals(record.key())).toList();
    }

    private void moveTo(int partition, long offset) {
        worker.jdbc().sql("update ledger.position set next_offset = :offset where partition = :partition")
                .params(Map.of("offset", offset, "partition", partition)).update();
    }

    private double paused(String reason) {
        return worker.bean(MeterRegistry.class).get("sluice.view.paused").tag("reason", reason).gauges().stream().mapToDouble(Gauge::value)
                .sum();
    }
}
